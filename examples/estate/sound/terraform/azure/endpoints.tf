locals {
  endpoints = {
    documents = { id = azurerm_storage_account.documents.id, part = "blob", zone = "privatelink.blob.core.windows.net" }
    logs = { id = azurerm_storage_account.logs.id, part = "blob", zone = "privatelink.blob.core.windows.net" }
    vault = { id = azurerm_key_vault.main.id, part = "vault", zone = "privatelink.vaultcore.azure.net" }
    sessions = { id = azurerm_redis_cache.sessions.id, part = "redisCache", zone = "privatelink.redis.cache.windows.net" }
    orders = { id = azurerm_servicebus_namespace.orders.id, part = "namespace", zone = "privatelink.servicebus.windows.net" }
    images = { id = azurerm_container_registry.images.id, part = "registry", zone = "privatelink.azurecr.io" }
    settings = { id = azurerm_app_configuration.settings.id, part = "configurationStores", zone = "privatelink.azconfig.io" }
    copies = { id = azurerm_recovery_services_vault.copies.id, part = "AzureBackup", zone = "privatelink.westeurope.backup.windowsazure.com" }
  }
}

resource "azurerm_private_dns_zone" "endpoints" {
  for_each            = toset([for each in local.endpoints : each.zone])
  name                = each.value
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_private_endpoint" "main" {
  for_each            = local.endpoints
  name                = "${local.name}-${each.key}"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  subnet_id           = azurerm_subnet.application.id
  tags                = local.tags

  private_service_connection {
    name                           = each.key
    private_connection_resource_id = each.value.id
    subresource_names              = [each.value.part]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.endpoints[each.value.zone].id]
  }
}

resource "azurerm_private_dns_zone_virtual_network_link" "endpoints" {
  for_each              = azurerm_private_dns_zone.endpoints
  name                  = "network"
  private_dns_zone_name = each.value.name
  resource_group_name   = azurerm_resource_group.main.name
  virtual_network_id    = azurerm_virtual_network.main.id
}
