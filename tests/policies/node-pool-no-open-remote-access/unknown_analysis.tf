resource "azurerm_machine_learning_compute_instance" "notebook" {
  name                          = "notebook"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
  virtual_machine_size          = "Standard_DS2_v2"
  subnet_resource_id            = azurerm_subnet.training.id

  ssh {
    public_key = "ssh-ed25519 AAAA" # expect: unknown remote_access_open
  }
}
