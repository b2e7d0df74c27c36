resource "azurerm_virtual_machine_extension" "guard" { # expect: unknown inline_secrets
  name                 = "guard"
  virtual_machine_id   = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/far"
  publisher            = "Microsoft.Azure.Security"
  type                 = "IaaSAntimalware"
  type_handler_version = "1.3"
}
