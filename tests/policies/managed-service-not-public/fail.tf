resource "azurerm_cognitive_account" "cognitive" {
  name                = "cognitive"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_search_service" "search" {
  name                = "search"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_signalr_service" "signalr" {
  name                = "signalr"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_web_pubsub" "pubsub" {
  name                = "pubsub"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_app_configuration" "appconfig" {
  name                = "appconfig"
  resource_group_name = "rg"
  public_network_access = "Enabled" # expect: fail network.public
}

resource "azurerm_eventgrid_topic" "topic" {
  name                = "topic"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_eventgrid_domain" "domain" {
  name                = "domain"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_data_factory" "factory" {
  name                = "factory"
  resource_group_name = "rg"
  public_network_enabled = true # expect: fail network.public
}

resource "azurerm_synapse_workspace" "synapse" {
  name                = "synapse"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_machine_learning_workspace" "ml" {
  name                = "ml"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_automation_account" "automation" {
  name                = "automation"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_databricks_workspace" "databricks" {
  name                = "databricks"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_api_management" "apim" {
  name                = "apim"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_recovery_services_vault" "vault" {
  name                = "vault"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_kusto_cluster" "kusto" {
  name                = "kusto"
  resource_group_name = "rg"
  public_network_access_enabled = true # expect: fail network.public
}
