resource "azurerm_security_center_subscription_pricing" "databases" {
  resource_type = "SqlServers"
  tier          = "Free" # expect: fail threat_detection.off
}

resource "azurerm_security_center_subscription_pricing" "machines" {
  resource_type = "VirtualMachines"
  tier          = "Standard"
  subplan       = "P2"
}
