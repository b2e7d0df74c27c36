variable "private" {
  type = bool
}

resource "azurerm_kubernetes_cluster" "perhaps_private" {
  name                    = "orders"
  location                = "westeurope"
  resource_group_name     = "rg"
  dns_prefix              = "orders"
  private_cluster_enabled = var.private # expect: unknown api.allowed_sources
}

resource "azurerm_kubernetes_cluster" "surely_not" {
  name                    = "carts"
  location                = "westeurope"
  resource_group_name     = "rg"
  dns_prefix              = "carts"
  private_cluster_enabled = var.private
  api_server_access_profile {
    authorized_ip_ranges = ["0.0.0.0/0"] # expect: fail api.allowed_sources
  }
}
