terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.50" }
  }
}

resource "azurerm_linux_web_app" "a" {
  name = "a"
}

resource "azurerm_cdn_frontdoor_profile" "fd" {
  name = "fd"
  sku_name = "Standard_AzureFrontDoor"
}

resource "azurerm_cdn_frontdoor_endpoint" "e" {
  name = "e"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}

resource "azurerm_cdn_frontdoor_origin_group" "og" {
  name = "og"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}

resource "azurerm_cdn_frontdoor_origin" "o" {
  name = "o"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  host_name = azurerm_linux_web_app.a.default_hostname
  certificate_name_check_enabled = true
}

resource "azurerm_cdn_frontdoor_route" "r" {
  name = "r"
  cdn_frontdoor_endpoint_id = azurerm_cdn_frontdoor_endpoint.e.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  cdn_frontdoor_origin_ids = [azurerm_cdn_frontdoor_origin.o.id]
  supported_protocols = ["Https"]
  patterns_to_match = ["/*"]
}

resource "azurerm_cdn_frontdoor_firewall_policy" "w" {
  name     = "w"
  sku_name = "Premium_AzureFrontDoor"
  mode     = "Prevention"
}
resource "azurerm_cdn_frontdoor_security_policy" "s" {
  name                     = "s"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
  security_policies {
    firewall {
      cdn_frontdoor_firewall_policy_id = azurerm_cdn_frontdoor_firewall_policy.w.id
      association {
        patterns_to_match = ["/*"]
        domain {
          cdn_frontdoor_domain_id = azurerm_cdn_frontdoor_endpoint.e.id
        }
      }
    }
  }
}
