resource "azurerm_network_ddos_protection_plan" "main" { # unknown: ddos-plan-covers-network
  name                = "${local.name}-ddos"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_virtual_network" "main" { # planted: network-ddos-protection
  name                = "${local.name}-network"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  address_space       = ["10.40.0.0/16"]
  tags                = local.tags
}

resource "azurerm_subnet" "gateway" {
  name                            = "gateway"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = ["10.40.0.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet" "application" { # planted: subnet-has-security-group
  name                            = "application"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = ["10.40.16.0/20"]
  default_outbound_access_enabled = true # planted: subnet-no-default-outbound-access
}

resource "azurerm_subnet" "data" {
  name                 = "data"
  resource_group_name  = azurerm_resource_group.main.name
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.40.32.0/24"]

  delegation {
    name = "postgresql"

    service_delegation {
      name    = "Microsoft.DBforPostgreSQL/flexibleServers"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_network_security_group" "gateway" {
  name                = "${local.name}-gateway"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "https"
    description                = "HTTPS, and HTTP to be redirected"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "Internet"
    destination_address_prefix = "10.40.0.0/24"
    destination_port_ranges    = ["80", "443"]
  }

  security_rule {
    name                       = "gateway-manager"
    description                = "Health of the gateway itself, asked for by the service"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "GatewayManager"
    destination_address_prefix = "*"
    destination_port_range     = "65200-65535"
  }
}

resource "azurerm_network_security_group" "application" {
  name                = "${local.name}-application"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_network_security_rule" "application_gateway" { # planted: firewall-rule-described
  name                        = "from-gateway"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.application.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "*" # planted: firewall-rule-no-admin-port, firewall-rule-no-all-ports, firewall-rule-no-data-port, firewall-rule-not-open-to-world
  destination_address_prefix  = "10.40.16.0/20"
  destination_port_range      = "*"
}

resource "azurerm_network_security_group" "data" {
  name                = "${local.name}-data"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  security_rule {
    name                       = "postgresql"
    description                = "PostgreSQL, from the application"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "Internet" # planted: firewall-rule-no-data-port, firewall-rule-not-open-to-world
    destination_address_prefix = "10.40.32.0/24"
    destination_port_range     = "5432"
  }

  security_rule {
    name                       = "nothing-else"
    description                = "Also not from the rest of the network"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "gateway" {
  subnet_id                 = azurerm_subnet.gateway.id
  network_security_group_id = azurerm_network_security_group.gateway.id
}

resource "azurerm_subnet_network_security_group_association" "data" {
  subnet_id                 = azurerm_subnet.data.id
  network_security_group_id = azurerm_network_security_group.data.id
}

resource "azurerm_network_watcher" "main" {
  name                = "${local.name}-watcher"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_network_watcher_flow_log" "network" {
  name                 = "${local.name}-network"
  network_watcher_name = azurerm_network_watcher.main.name
  resource_group_name  = azurerm_resource_group.main.name
  target_resource_id   = azurerm_virtual_network.main.id
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = false # planted: network-flow-logs
  version              = 2

  retention_policy {
    enabled = true
    days    = 365
  }
}

resource "azurerm_private_dns_zone" "postgresql" { # planted: private-zone-linked
  name                = "directory.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.main.name
}
