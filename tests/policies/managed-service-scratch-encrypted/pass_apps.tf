resource "azurerm_app_service_environment_v3" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "apps"

  cluster_setting {
    name  = "InternalEncryption"
    value = "true"
  }
}
