variable "more" {}

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
      image  = "registry.example/shop:1"
      dynamic "env" { # expect: unknown secrets_in_environment
        for_each = var.more
        content {
          name        = env.key
          secret_name = env.value
        }
      }
    }
  }
}
