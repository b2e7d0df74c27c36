resource "azurerm_kubernetes_cluster" "main" { # planted: cluster-api-not-public, cluster-customer-managed-key, cluster-secrets-encrypted, deletion-protection, cluster-directory-sign-in, cluster-images-cleaned, cluster-run-command-off
  name                              = "aks-${local.name}"
  location                          = azurerm_resource_group.main.location
  resource_group_name               = azurerm_resource_group.main.name
  dns_prefix                        = local.name
  kubernetes_version                = "1.33" # planted: cluster-version-supported
  sku_tier                          = "Standard"
  private_cluster_enabled           = false
  local_account_disabled            = false # planted: cluster-local-accounts-disabled
  role_based_access_control_enabled = false # planted: cluster-rbac-enabled
  azure_policy_enabled              = false # planted: cluster-policies-enforced
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true
  node_os_upgrade_channel           = "None" # planted: cluster-node-images-automatic
  http_application_routing_enabled  = true # planted: cluster-no-retired-add-ons
  automatic_upgrade_channel         = "none" # planted: cluster-upgrades-automatic
  tags                              = local.tags

  default_node_pool {
    name                         = "system"
    vm_size                      = "Standard_D2ds_v5"
    vnet_subnet_id               = azurerm_subnet.application.id
    zones                        = ["1", "2", "3"]
    only_critical_addons_enabled = true
    auto_scaling_enabled         = true
    min_count                    = 3
    max_count                    = 5
    host_encryption_enabled      = true
    node_public_ip_enabled       = true # planted: cluster-private-nodes, node-pool-no-public-address
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  key_vault_secrets_provider {
    secret_rotation_enabled = false # planted: cluster-mounted-secrets-rotated
  }

  network_profile { # planted: cluster-network-policy
    network_plugin    = "azure"
    load_balancer_sku = "standard"
  }

  oms_agent {
    log_analytics_workspace_id      = azurerm_log_analytics_workspace.main.id
    msi_auth_for_monitoring_enabled = true
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "backend" {
  name                    = "backend"
  kubernetes_cluster_id   = azurerm_kubernetes_cluster.main.id
  vm_size                 = "Standard_D4ds_v5"
  vnet_subnet_id          = azurerm_subnet.application.id
  zones                   = ["1", "2", "3"]
  auto_scaling_enabled    = true
  min_count               = 3
  max_count               = 9
  host_encryption_enabled = false # planted: node-pool-encrypted-at-host
  node_public_ip_enabled  = true # planted: node-pool-no-public-address
  node_taints             = ["component=backend:NoSchedule"]

  node_labels = {
    tier     = "backend"
    priority = "high"
  }
}

resource "azurerm_disk_encryption_set" "nodes" {
  name                      = "${local.name}-nodes"
  location                  = azurerm_resource_group.main.location
  resource_group_name       = azurerm_resource_group.main.name
  key_vault_key_id          = azurerm_key_vault_key.data.versionless_id
  auto_key_rotation_enabled = true

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }
}

resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                       = "control-plane"
  target_resource_id         = azurerm_kubernetes_cluster.main.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  dynamic "enabled_log" {
    for_each = ["kube-scheduler"]

    content {
      category = enabled_log.value # planted: cluster-audited, cluster-control-plane-logs
    }
  }
}
