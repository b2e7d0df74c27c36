resource "azurerm_application_insights" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  application_type    = "web"
  internet_ingestion_enabled = false
  internet_query_enabled     = false
}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  location            = "westeurope"
  internet_ingestion_enabled = false
  internet_query_enabled     = false
}
