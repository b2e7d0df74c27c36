resource "azurerm_security_center_subscription_pricing" "machines" { # expect: unknown threat_detection.off
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
