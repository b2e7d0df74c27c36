resource "azurerm_batch_pool" "nodes" {
  name                = "nodes"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_A1"

  network_configuration {
    endpoint_configuration { # expect: fail remote_access_open
      name                = "shell"
      backend_port        = 22
      protocol            = "TCP"
      frontend_port_range = "4000-4100"

      network_security_group_rules {
        access                = "Allow"
        priority              = 170
        source_address_prefix = "*"
      }
    }
  }
}
