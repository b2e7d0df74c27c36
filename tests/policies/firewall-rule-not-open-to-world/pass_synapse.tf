resource "azurerm_synapse_firewall_rule" "all" {
  name                 = "all"
  synapse_workspace_id = azurerm_synapse_workspace.main.id
  start_ip_address     = "203.0.113.4"
  end_ip_address       = "203.0.113.4"
}
