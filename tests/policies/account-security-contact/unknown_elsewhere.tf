resource "azurerm_security_center_subscription_pricing" "machines" { # expect: unknown security_contact.email
  resource_type = "VirtualMachines"
  tier          = "Standard"
}
