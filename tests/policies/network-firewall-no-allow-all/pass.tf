resource "azurerm_firewall_policy_rule_collection_group" "out" {
  name               = "out"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 100

  network_rule_collection {
    name     = "out"
    priority = 100
    action   = "Allow"

    rule {
      name                  = "out"
      protocols             = ["Any"]
      source_addresses      = ["10.1.0.0/16"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
    }
  }
}
