terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

resource "azurerm_databricks_workspace" "reports" {
  name                = "reports"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "premium"
}

resource "azurerm_machine_learning_compute_cluster" "training" {
  name                          = "training"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
  location                      = "westeurope"
  vm_priority                   = "Dedicated"
  vm_size                       = "Standard_DS2_v2"
  node_public_ip_enabled        = false
  subnet_resource_id            = azurerm_subnet.training.id
}
