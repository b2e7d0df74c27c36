data "azurerm_subscription" "current" {}

variable "choice" {
  type = string
}

resource "azurerm_role_assignment" "ci" {
  scope                = data.azurerm_subscription.current.id
  role_definition_name = var.choice # expect: unknown admin
  principal_id         = "11111111-1111-1111-1111-111111111111"
}

variable "hours" {
  type = number
}

resource "azurerm_pim_active_role_assignment" "for_a_time" {
  scope              = data.azurerm_subscription.current.id
  role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
  principal_id       = "11111111-1111-1111-1111-111111111111"

  schedule {
    expiration {
      duration_hours = var.hours # expect: unknown temporary
    }
  }
}
