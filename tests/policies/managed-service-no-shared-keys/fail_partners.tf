resource "azurerm_eventgrid_partner_namespace" "partners" { # expect: fail shared_key_access
  name                    = "partners"
  resource_group_name     = "rg"
  location                = "westeurope"
  partner_registration_id = "registration"
}

resource "azurerm_ai_services" "vision" {
  name                         = "vision"
  resource_group_name          = "rg"
  location                     = "westeurope"
  sku_name                     = "S0"
  local_authentication_enabled = true # expect: fail shared_key_access
}
