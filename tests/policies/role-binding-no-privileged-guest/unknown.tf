resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_role_assignment" "a" {
  scope                = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"
  role_definition_name = "Owner"
  principal_id         = "11111111-1111-1111-1111-111111111111" # expect: unknown subjects.guests
}
