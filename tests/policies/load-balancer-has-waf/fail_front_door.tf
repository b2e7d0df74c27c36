resource "azurerm_cdn_frontdoor_profile" "edge" {
  name                = "edge"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
}

resource "azurerm_cdn_frontdoor_endpoint" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.edge.id
}

resource "azurerm_cdn_frontdoor_custom_domain" "shop" { # expect: fail waf
  name                     = "shop-example"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.edge.id
  host_name                = "shop.example.org"

  tls {
    certificate_type = "ManagedCertificate"
  }
}

resource "azurerm_cdn_frontdoor_firewall_policy" "shop" {
  name                = "shopwaf"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode                = "Prevention"
}

resource "azurerm_cdn_frontdoor_security_policy" "shop" {
  name                     = "guard"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.edge.id

  security_policies {
    firewall {
      cdn_frontdoor_firewall_policy_id = azurerm_cdn_frontdoor_firewall_policy.shop.id

      association {
        patterns_to_match = ["/*"]

        domain {
          cdn_frontdoor_domain_id = azurerm_cdn_frontdoor_endpoint.shop.id
        }

      }
    }
  }
}

resource "azurerm_cdn_frontdoor_profile" "bare" { # expect: fail waf
  name                = "bare"
  resource_group_name = "rg"
  sku_name            = "Standard_AzureFrontDoor"
}
