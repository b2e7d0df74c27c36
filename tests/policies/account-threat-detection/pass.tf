resource "azurerm_security_center_subscription_pricing" "all" {
  for_each = toset([
    "VirtualMachines",
    "SqlServers",
    "AppServices",
    "StorageAccounts",
    "SqlServerVirtualMachines",
    "Containers",
    "KeyVaults",
    "Arm",
    "OpenSourceRelationalDatabases",
    "CosmosDbs",
    "CloudPosture",
    "Api",
  ])

  resource_type = each.key
  tier          = "Standard"
}
