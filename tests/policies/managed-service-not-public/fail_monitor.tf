resource "azurerm_application_insights" "shop" { # expect: fail network.public
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  application_type    = "web"

}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  location            = "westeurope"
  internet_ingestion_enabled = false # expect: fail network.public
  internet_query_enabled     = true
}
