resource "azurerm_security_center_subscription_pricing" "machines" { # expect: unknown budget
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
