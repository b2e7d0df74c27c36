resource "azurerm_security_center_auto_provisioning" "agent" {
  auto_provision = "Off" # expect: fail threat_detection.automatic
}
