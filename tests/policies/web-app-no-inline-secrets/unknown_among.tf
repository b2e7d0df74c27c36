variable "live" {
  type = bool
}

variable "host" {
  type = string
}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  service_plan_id     = "plan"
  app_settings = {
    DB_PASSWORD = var.live ? "Kq8-vault-Tree-91" : "" # expect: unknown inline_secrets
  }
  site_config {}
}

resource "azurerm_linux_web_app" "till" {
  name                = "till"
  location            = "westeurope"
  resource_group_name = "shop"
  service_plan_id     = "plan"
  app_settings = {
    DATABASE = "Server=${var.host};Password=Kq8-vault-Tree-91" # expect: unknown inline_secrets
  }
  site_config {}
}
