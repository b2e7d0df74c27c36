resource "azurerm_dashboard_grafana" "boards" {
  name                  = "boards"
  resource_group_name   = "rg"
  location              = "westeurope"
  grafana_major_version = 11
  api_key_enabled       = true # expect: fail shared_key_access
}
