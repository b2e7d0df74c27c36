resource "azurerm_machine_learning_compute_cluster" "training" {
  name                          = "training"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
  location                      = "westeurope"
  vm_priority                   = "Dedicated"
  vm_size                       = "Standard_DS2_v2"
}

resource "azurerm_machine_learning_compute_instance" "notebook" {
  name                          = "notebook"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
  virtual_machine_size          = "Standard_DS2_v2"
  node_public_ip_enabled        = false
  subnet_resource_id            = azurerm_subnet.training.id

  ssh {
    public_key = "ssh-ed25519 AAAA"
  }
}
