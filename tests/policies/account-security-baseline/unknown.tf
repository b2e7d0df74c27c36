resource "azurerm_security_center_subscription_pricing" "machines" { # expect: unknown policy.baseline
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
