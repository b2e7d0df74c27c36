variable "image" {}

resource "azurerm_container_app" "shop" {
  name                         = "shop"
  resource_group_name          = "rg"
  container_app_environment_id = azurerm_container_app_environment.apps.id
  revision_mode                = "Single"

  template {
    container {
      name   = "web"
      cpu    = 1
      memory = "2Gi"
      image  = var.image # expect: unknown image.registry
    }
  }
}
