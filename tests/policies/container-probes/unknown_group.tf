variable "probes" {}

resource "azurerm_container_group" "work" {
  name                = "work"
  resource_group_name = "rg"
  os_type             = "Linux"

  container {
    name   = "work"
    image  = "registry.example/work:1"
    cpu    = 1
    memory = 1

    liveness_probe {
      exec = ["true"]
    }
    dynamic "readiness_probe" { # expect: unknown probes.readiness
      for_each = var.probes
      content {
        exec = readiness_probe.value
      }
    }
  }
}
