resource "azurerm_batch_pool" "nodes" {
  name                = "nodes"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_A1"

  network_configuration {
    public_address_provisioning_type = "BatchManaged" # expect: fail public_ip
  }
}
