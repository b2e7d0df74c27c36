resource "azurerm_web_pubsub" "messages" {
  name                = "messages"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard_S1"
}

resource "azurerm_web_pubsub_network_acl" "messages" {
  web_pubsub_id  = azurerm_web_pubsub.messages.id
  default_action = "Deny"

  public_network {
    allowed_request_types = ["ClientConnection"] # expect: fail network.public
  }
}

resource "azurerm_eventgrid_namespace" "clients" { # expect: fail network.public
  name                = "clients"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_ai_foundry" "hub" {
  name                  = "hub"
  resource_group_name   = "rg"
  location              = "westeurope"
  public_network_access = "Enabled" # expect: fail network.public
}
