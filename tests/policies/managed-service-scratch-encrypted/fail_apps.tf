resource "azurerm_app_service_environment_v3" "inside" { # expect: fail scratch_encrypted
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "apps"
}
