resource "azurerm_lighthouse_definition" "operations" {
  name               = "operations"
  managing_tenant_id = "33333333-3333-3333-3333-333333333333"
  scope              = "/subscriptions/22222222-2222-2222-2222-222222222222"

  authorization { # expect: fail subjects.guests
    principal_id       = "99999999-9999-9999-9999-999999999999"
    role_definition_id = "b24988ac-6180-42a0-ab88-20f7382dd24c"
  }
}

resource "azurerm_lighthouse_assignment" "operations" {
  scope                    = "/subscriptions/22222222-2222-2222-2222-222222222222"
  lighthouse_definition_id = azurerm_lighthouse_definition.operations.id
}
