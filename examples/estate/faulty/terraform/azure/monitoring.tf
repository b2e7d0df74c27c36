resource "azurerm_log_analytics_workspace" "main" { # planted: managed-service-not-public
  name                          = "log-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku                           = "PerGB2018"
  retention_in_days             = 30 # planted: log-retention
  local_authentication_disabled = true
  tags                          = local.tags
}

# Who did what in the subscription.
resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = "activity"
  target_resource_id         = "/subscriptions/${var.subscription_id}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  dynamic "enabled_log" {
    for_each = ["Alert"]

    content {
      category = enabled_log.value # planted: subscription-activity-log-kept
    }
  }
}

resource "azurerm_monitor_action_group" "on_call" {
  name                = "${local.name}-on-call"
  resource_group_name = azurerm_resource_group.main.name
  short_name          = "on-call"

  email_receiver {
    name          = "on-call"
    email_address = "on-call@example.com"
  }
}

resource "azurerm_monitor_metric_alert" "errors" { # planted: alert-rule-reaches-somebody
  name                = "${local.name}-5xx"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_application_gateway.public.id]
  description         = "More than a few answers with 5xx"

  criteria {
    metric_namespace = "Microsoft.Network/applicationGateways"
    metric_name      = "FailedRequests"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 25
  }
}
