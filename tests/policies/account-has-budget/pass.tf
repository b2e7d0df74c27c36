data "azurerm_subscription" "current" {}

resource "azurerm_consumption_budget_subscription" "month" {
  name            = "month"
  subscription_id = data.azurerm_subscription.current.id
  amount          = 1000
  time_grain      = "Monthly"

  time_period {
    start_date = "2026-01-01T00:00:00Z"
  }

  notification {
    operator       = "GreaterThan"
    threshold      = 90
    contact_emails = ["finance@example.org"]
  }
}

resource "azurerm_security_center_subscription_pricing" "machines" {
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
