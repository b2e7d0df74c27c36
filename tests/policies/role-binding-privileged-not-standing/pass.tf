resource "azurerm_pim_active_role_assignment" "owner" {
  scope              = "/subscriptions/22222222-2222-2222-2222-222222222222"
  role_definition_id = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
  principal_id       = "44444444-4444-4444-4444-444444444444"

  schedule {
    expiration {
      duration_hours = 8
    }
  }
}

resource "azurerm_pim_eligible_role_assignment" "owner" {
  scope              = "/subscriptions/22222222-2222-2222-2222-222222222222"
  role_definition_id = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
  principal_id       = "44444444-4444-4444-4444-444444444444"
}
