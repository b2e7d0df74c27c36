resource "azurerm_container_app_environment" "apps" {
  name                           = "apps"
  resource_group_name            = "rg"
  location                       = "westeurope"
  infrastructure_subnet_id       = azurerm_subnet.apps.id
  internal_load_balancer_enabled = true
}

resource "azurerm_container_group" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
  ip_address_type     = "Private"
  subnet_ids          = [azurerm_subnet.apps.id]
}

resource "azurerm_logic_app_workflow" "mail" {
  name                = "mail"
  resource_group_name = "rg"
  location            = "westeurope"

  access_control {
    trigger {
      allowed_caller_ip_address_range = ["198.51.100.0/24"]
    }
  }
}

resource "azurerm_batch_account" "renders" {
  name                          = "renders"
  resource_group_name           = "rg"
  location                      = "westeurope"
  public_network_access_enabled = false
}
