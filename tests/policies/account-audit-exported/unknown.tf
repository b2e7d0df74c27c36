resource "azurerm_security_center_subscription_pricing" "machines" { # expect: unknown audit.exported
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
