resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_federated_identity_credential" "pipeline" {
  name                = "pipeline"
  resource_group_name = "rg"
  parent_id           = azurerm_user_assigned_identity.deployer.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:example/shop:environment:production"
}
