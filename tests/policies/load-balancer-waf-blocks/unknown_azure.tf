variable "value" {}

resource "azurerm_application_gateway" "web" {
  name                = "web"
  resource_group_name = "rg-web"
  location            = "westeurope"
  sku {
    name     = "WAF_v2"
    tier     = "WAF_v2"
    capacity = 2
  }
  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = "/subscriptions/1/resourceGroups/rg-web/providers/Microsoft.Network/publicIPAddresses/web"
  }
  waf_configuration {
    enabled          = true
    firewall_mode    = var.value # expect: unknown waf.mode
    rule_set_version = "3.2"
  }
}
