resource "azurerm_signalr_service" "messages" {
  name                = "messages"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_signalr_service_network_acl" "messages" {
  signalr_service_id = azurerm_signalr_service.messages.id
  default_action     = "Deny"

  public_network {}
}

resource "azurerm_eventgrid_system_topic" "files" {
  name                = "files"
  resource_group_name = "rg"
  location            = "westeurope"
  topic_type          = "Microsoft.Storage.StorageAccounts"
}
