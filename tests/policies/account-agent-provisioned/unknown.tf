variable "agent" {}

resource "azurerm_security_center_auto_provisioning" "agent" {
  auto_provision = var.agent # expect: unknown threat_detection.automatic
}
