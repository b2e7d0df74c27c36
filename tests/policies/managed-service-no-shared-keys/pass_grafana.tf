resource "azurerm_dashboard_grafana" "boards" {
  name                  = "boards"
  resource_group_name   = "rg"
  location              = "westeurope"
  grafana_major_version = 11
}
