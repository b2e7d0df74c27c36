resource "azurerm_container_group" "work" {
  name                = "work"
  resource_group_name = "rg"
  os_type             = "Linux"

  container {
    name   = "work"
    image  = "registry.example/work:1"
    cpu    = 1
    memory = 1

    secure_environment_variables = { # expect: fail inline_secrets
      KEY = "not-a-good-one"
    }
  }
}
