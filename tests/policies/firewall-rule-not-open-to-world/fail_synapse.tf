resource "azurerm_synapse_firewall_rule" "all" {
  name                 = "all"
  synapse_workspace_id = azurerm_synapse_workspace.main.id
  start_ip_address     = "0.0.0.0" # expect: fail rule.open_to_world
  end_ip_address       = "255.255.255.255"
}
