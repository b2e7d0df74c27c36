variable "sku" {}

resource "azurerm_nat_gateway" "one" { # expect: fail ha.multi_zone
  name                = "one"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_nat_gateway" "zonal" {
  name                = "zonal"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "Standard" # expect: fail ha.multi_zone
  zones               = ["1"]
}

resource "azurerm_nat_gateway" "all" {
  name                = "all"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "StandardV2"
}

resource "azurerm_nat_gateway" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = var.sku # expect: unknown ha.multi_zone
}

resource "azurerm_firewall" "one" {
  name                = "one"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  zones               = ["1"] # expect: fail ha.multi_zone
}

resource "azurerm_firewall" "all" {
  name                = "all"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  zones               = var.sku # expect: unknown ha.multi_zone
}
