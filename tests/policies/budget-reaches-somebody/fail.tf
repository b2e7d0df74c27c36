resource "azurerm_consumption_budget_resource_group" "month" {
  name              = "month"
  resource_group_id = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"
  amount            = 1000

  notification { # expect: fail receivers
    enabled        = false
    operator       = "GreaterThan"
    threshold      = 90
    contact_emails = ["finance@example.org"]
  }
}
