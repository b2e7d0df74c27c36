"""Pairs of what stands inside of other services, and of those that most subscriptions have few of."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, lock, lock_of, resource

_ENVIRONMENT = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/apps"
_JOB = Pair(
    "containers of a job",
    PIN
    + """
resource "azurerm_container_app_job" "j" {
  name                         = "nightly"
  resource_group_name          = "rg"
  container_app_environment_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/apps"
  replica_timeout_in_seconds   = 10
  template {
    container {
      name   = "sum"
      image  = "registry.example.org/sum@sha256:0123"
      cpu    = 1
      memory = "2Gi"
      env {
        name        = "PASSWORD"
        secret_name = "db"
      }
    }
    init_container {
      name   = "first"
      image  = "registry.example.org/first"
      cpu    = 1
      memory = "2Gi"
      env {
        name  = "DB_PASSWORD"
        value = "not-a-good-one"
      }
    }
  }
}
""",
    (
        resource(
            "Microsoft.App/jobs",
            "nightly",
            properties={
                "template": {
                    "containers": [
                        {
                            "name": "sum",
                            "image": "registry.example.org/sum@sha256:0123",
                            "resources": {"cpu": 1, "memory": "2Gi"},
                            "env": [{"name": "PASSWORD", "secretRef": "db"}],
                        }
                    ],
                    "initContainers": [
                        {
                            "name": "first",
                            "image": "registry.example.org/first",
                            "resources": {"cpu": 1, "memory": "2Gi"},
                            "env": [{"name": "DB_PASSWORD", "value": "not-a-good-one"}],
                        }
                    ],
                }
            },
        ),
    ),
)
_APP = Pair(
    "containers of an app",
    PIN
    + """
resource "azurerm_container_app" "a" {
  name                         = "shop"
  resource_group_name          = "rg"
  container_app_environment_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/apps"
  revision_mode                = "Single"
  ingress {
    target_port = 80
  }
  template {
    container {
      name   = "web"
      image  = "shop:latest"
      cpu    = 1
      memory = "2Gi"
      readiness_probe {
        port      = 80
        transport = "HTTP"
      }
    }
    container {
      name   = "sidecar"
      image  = "registry.example.org/sidecar:1.2"
      cpu    = 1
      memory = "2Gi"
      liveness_probe {
        port      = 81
        transport = "TCP"
      }
    }
  }
}
""",
    (
        resource(
            "Microsoft.App/containerApps",
            "shop",
            properties={
                "managedEnvironmentId": _ENVIRONMENT,
                "configuration": {"ingress": {"targetPort": 80}},
                "template": {
                    "containers": [
                        {
                            "name": "web",
                            "image": "shop:latest",
                            "resources": {"cpu": 1, "memory": "2Gi"},
                            "probes": [{"type": "Readiness", "httpGet": {"port": 80}}],
                        },
                        {
                            "name": "sidecar",
                            "image": "registry.example.org/sidecar:1.2",
                            "resources": {"cpu": 1, "memory": "2Gi"},
                            "probes": [{"type": "Liveness", "tcpSocket": {"port": 81}}],
                        },
                    ]
                },
            },
        ),
    ),
    frozenset({"authentication"}),
)
_GROUP = Pair(
    "containers of a group",
    PIN
    + """
resource "azurerm_container_group" "g" {
  name                = "jobs"
  resource_group_name = "rg"
  os_type             = "Linux"
  ip_address_type     = "Private"
  container {
    name         = "work"
    image        = "registry.example.org/work:3"
    cpu          = 1
    memory       = 1
    memory_limit = 2
    environment_variables = {
      COLOUR      = "blue"
      DB_PASSWORD = "not-a-good-one"
    }
    liveness_probe {
      exec = ["true"]
    }
    security {
      privilege_enabled = true
    }
  }
  container {
    name   = "quiet"
    image  = "registry.example.org/quiet"
    cpu    = 1
    memory = 1
    secure_environment_variables = {
      KEY = "not-a-good-one-either"
    }
  }
  init_container {
    name  = "first"
    image = "registry.example.org/first:1"
  }
}
""",
    (
        resource(
            "Microsoft.ContainerInstance/containerGroups",
            "jobs",
            properties={
                "ipAddress": {"type": "Private"},
                "containers": [
                    {
                        "name": "work",
                        "properties": {
                            "image": "registry.example.org/work:3",
                            "environmentVariables": [
                                {"name": "COLOUR", "value": "blue"},
                                {"name": "DB_PASSWORD", "value": "not-a-good-one"},
                            ],
                            "resources": {
                                "requests": {"cpu": 1, "memoryInGB": 1},
                                "limits": {"memoryInGB": 2},
                            },
                            "livenessProbe": {"exec": {"command": ["true"]}},
                            "securityContext": {"privileged": True},
                        },
                    },
                    {
                        "name": "quiet",
                        "properties": {
                            "image": "registry.example.org/quiet",
                            "environmentVariables": [{"name": "KEY", "secureValue": "not-a-good-one-either"}],
                            "resources": {"requests": {"cpu": 1, "memoryInGB": 1}},
                        },
                    },
                ],
                "initContainers": [
                    {"name": "first", "properties": {"image": "registry.example.org/first:1"}}
                ],
            },
        ),
    ),
)

_ROLE = (
    "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
)
_PIM = Pair(
    "roles by privileged identity management",
    PIN
    + f"""
resource "azurerm_pim_active_role_assignment" "owner" {{
  scope              = "/subscriptions/s"
  role_definition_id = "{_ROLE}"
  principal_id       = "44444444-4444-4444-4444-444444444444"
  schedule {{
    expiration {{
      end_date_time = "2027-01-01T00:00:00Z"
    }}
  }}
}}
resource "azurerm_pim_eligible_role_assignment" "eligible" {{
  scope              = "/subscriptions/s"
  role_definition_id = "{_ROLE}"
  principal_id       = "44444444-4444-4444-4444-444444444444"
}}
""",
    (
        resource(
            "Microsoft.Authorization/roleAssignmentScheduleRequests",
            "owner",
            properties={
                "scope": "/subscriptions/s",
                "principalId": "44444444-4444-4444-4444-444444444444",
                "requestType": "AdminAssign",
                "roleDefinitionId": _ROLE,
                "scheduleInfo": {
                    "expiration": {"type": "AfterDateTime", "endDateTime": "2027-01-01T00:00:00Z"}
                },
            },
        ),
        resource(
            "Microsoft.Authorization/roleEligibilityScheduleRequests",
            "eligible",
            properties={
                "scope": "/subscriptions/s",
                "principalId": "44444444-4444-4444-4444-444444444444",
                "requestType": "AdminAssign",
                "roleDefinitionId": _ROLE,
            },
        ),
    ),
)
_OFFER = "22222222-2222-2222-2222-222222222222"
_CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
_DELEGATION = Pair(
    "roles of another tenant by Lighthouse",
    PIN
    + f"""
resource "azurerm_lighthouse_definition" "operations" {{
  name                     = "operations"
  lighthouse_definition_id = "{_OFFER}"
  managing_tenant_id       = "33333333-3333-3333-3333-333333333333"
  scope                    = "/subscriptions/s"
  authorization {{
    principal_id       = "44444444-4444-4444-4444-444444444444"
    role_definition_id = "{_CONTRIBUTOR}"
  }}
}}
resource "azurerm_lighthouse_assignment" "operations" {{
  scope                    = "/subscriptions/s"
  lighthouse_definition_id = azurerm_lighthouse_definition.operations.id
}}
""",
    (
        resource(
            "Microsoft.ManagedServices/registrationDefinitions",
            _OFFER,
            properties={
                "managedByTenantId": "33333333-3333-3333-3333-333333333333",
                "authorizations": [
                    {
                        "principalId": "44444444-4444-4444-4444-444444444444",
                        "roleDefinitionId": _CONTRIBUTOR,
                    }
                ],
            },
        ),
        resource(
            "Microsoft.ManagedServices/registrationAssignments",
            "operations",
            scope="[subscription().id]",
            properties={
                "registrationDefinitionId": "[resourceId("
                f"'Microsoft.ManagedServices/registrationDefinitions', '{_OFFER}')]"
            },
        ),
    ),
)
_ASSIGNED = "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/regions"
_EXEMPTIONS = Pair(
    "policy exemptions",
    PIN
    + f"""
resource "azurerm_subscription_policy_exemption" "old" {{
  name                 = "old"
  subscription_id      = "/subscriptions/s"
  policy_assignment_id = "{_ASSIGNED}"
  exemption_category   = "Waiver"
}}
resource "azurerm_resource_policy_exemption" "new" {{
  name                 = "new"
  resource_id          = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/orders"
  policy_assignment_id = "{_ASSIGNED}"
  exemption_category   = "Waiver"
  expires_on           = "2027-01-01T00:00:00Z"
}}
""",
    (
        resource(
            "Microsoft.Authorization/policyExemptions",
            "old",
            properties={"policyAssignmentId": _ASSIGNED, "exemptionCategory": "Waiver"},
        ),
        resource(
            "Microsoft.Authorization/policyExemptions",
            "new",
            properties={
                "policyAssignmentId": _ASSIGNED,
                "exemptionCategory": "Waiver",
                "expiresOn": "2027-01-01T00:00:00Z",
            },
        ),
    ),
)
_SYNAPSE_RULE = Pair(
    "firewall rule of Synapse",
    PIN
    + """
resource "azurerm_synapse_firewall_rule" "all" {
  name                 = "all"
  synapse_workspace_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Synapse/workspaces/w"
  start_ip_address     = "0.0.0.0"
  end_ip_address       = "255.255.255.255"
}
""",
    (
        resource(
            "Microsoft.Synapse/workspaces/firewallRules",
            "w/all",
            properties={"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},  # noqa: S104
        ),
    ),
)

_PLAN = Pair(
    "app service plans",
    PIN
    + """
resource "azurerm_service_plan" "p" {
  name                   = "shop"
  resource_group_name    = "rg"
  os_type                = "Linux"
  sku_name               = "P1v3"
  zone_balancing_enabled = true
  tags                   = { owner = "shop" }
}
resource "azurerm_service_plan" "c" {
  name                = "functions"
  resource_group_name = "rg"
  os_type             = "Linux"
  sku_name            = "Y1"
}
""",
    (
        resource(
            "Microsoft.Web/serverfarms",
            "shop",
            sku={"name": "P1v3"},
            tags={"owner": "shop"},
            properties={"zoneRedundant": True},
        ),
        resource("Microsoft.Web/serverfarms", "functions", sku={"name": "Y1"}, properties={}),
    ),
)
_VARIABLES = Pair(
    "automation variables",
    PIN
    + """
resource "azurerm_automation_variable_string" "v" {
  name                    = "password"
  resource_group_name     = "rg"
  automation_account_name = "runbooks"
  encrypted               = true
}
resource "azurerm_automation_variable_int" "n" {
  name                    = "number"
  resource_group_name     = "rg"
  automation_account_name = "runbooks"
}
""",
    (
        resource(
            "Microsoft.Automation/automationAccounts/variables",
            "runbooks/password",
            properties={"isEncrypted": True},
        ),
        resource("Microsoft.Automation/automationAccounts/variables", "runbooks/number", properties={}),
    ),
)
_TRAFFIC = Pair(
    "traffic manager",
    PIN
    + """
resource "azurerm_traffic_manager_profile" "t" {
  name                   = "shop"
  resource_group_name    = "rg"
  traffic_routing_method = "Priority"
}
"""
    + lock_of("azurerm_traffic_manager_profile.t"),
    (
        resource("Microsoft.Network/trafficmanagerprofiles", "shop", properties={}),
        lock("Microsoft.Network/trafficmanagerprofiles", "shop"),
    ),
)
_ROUTES = Pair(
    "route tables",
    PIN
    + """
resource "azurerm_route_table" "t" {
  name                = "app"
  resource_group_name = "rg"
  route {
    name           = "in"
    address_prefix = "10.0.0.0/8"
    next_hop_type  = "VnetLocal"
  }
}
resource "azurerm_route" "out" {
  name                = "out"
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.t.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "Internet"
}
""",
    (
        resource(
            "Microsoft.Network/routeTables",
            "app",
            properties={
                "routes": [
                    {
                        "name": "in",
                        "properties": {"addressPrefix": "10.0.0.0/8", "nextHopType": "VnetLocal"},
                    }
                ]
            },
        ),
        resource(
            "Microsoft.Network/routeTables/routes",
            "app/out",
            properties={"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"},
        ),
    ),
)
_LINES = Pair(
    "express route",
    PIN
    + """
resource "azurerm_express_route_port" "p" {
  name                = "line"
  resource_group_name = "rg"
  link1 {
    macsec_cak_keyvault_secret_id = "https://line.vault.azure.net/secrets/cak/1"
  }
  link2 {
    macsec_cak_keyvault_secret_id = "https://line.vault.azure.net/secrets/cak/1"
  }
}
resource "azurerm_express_route_circuit" "c" {
  name                = "circuit"
  resource_group_name = "rg"
}
""",
    (
        resource(
            "Microsoft.Network/ExpressRoutePorts",
            "line",
            properties={
                "links": [
                    {
                        "name": each,
                        "properties": {
                            "macSecConfig": {
                                "cakSecretIdentifier": "https://line.vault.azure.net/secrets/cak/1"
                            }
                        },
                    }
                    for each in ("link1", "link2")
                ]
            },
        ),
        resource("Microsoft.Network/expressRouteCircuits", "circuit", properties={}),
    ),
)
_MONGO = Pair(
    "a cluster of MongoDB",
    PIN
    + """
resource "azurerm_mongo_cluster" "orders" {
  name                   = "orders"
  resource_group_name    = "rg"
  version                = "7.0"
  administrator_password = "not-a-good-one"
  public_network_access  = "Enabled"
  authentication_methods = ["NativeAuth", "MicrosoftEntraID"]
  high_availability_mode = "ZoneRedundantPreferred"
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
}
resource "azurerm_mongo_cluster_firewall_rule" "office" {
  name             = "office"
  mongo_cluster_id = azurerm_mongo_cluster.orders.id
  start_ip_address = "198.51.100.0"
  end_ip_address   = "198.51.100.255"
}
""",
    (
        resource(
            "Microsoft.DocumentDB/mongoClusters",
            "orders",
            properties={
                "serverVersion": "7.0",
                "administrator": {"userName": "ops", "password": "not-a-good-one"},
                "publicNetworkAccess": "Enabled",
                "authConfig": {"allowedModes": ["NativeAuth", "MicrosoftEntraID"]},
                "highAvailability": {"targetMode": "ZoneRedundantPreferred"},
                "encryption": {
                    "customerManagedKeyEncryption": {
                        "keyEncryptionKeyUrl": "https://kv.vault.azure.net/keys/k"
                    }
                },
            },
            resources=[
                resource(
                    "firewallRules",
                    "office",
                    properties={"startIpAddress": "198.51.100.0", "endIpAddress": "198.51.100.255"},
                )
            ],
        ),
    ),
)
_API = Pair(
    "published APIs",
    PIN
    + """
resource "azurerm_api_management_api" "a" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "shop"
  revision            = "1"
  protocols           = ["https", "http"]
}
resource "azurerm_api_management_subscription" "all" {
  subscription_id     = "all"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "all"
}
resource "azurerm_api_management_subscription" "one" {
  subscription_id     = "one"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "one"
  api_id              = azurerm_api_management_api.a.id
}
resource "azurerm_api_management_product" "shop" {
  product_id            = "shop"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "shop"
  published             = true
  subscription_required = true
  approval_required     = false
}
""",
    (
        resource("Microsoft.ApiManagement/service/subscriptions", "shop/all", properties={"scope": "/apis"}),
        resource(
            "Microsoft.ApiManagement/service/subscriptions", "shop/one", properties={"scope": "/apis/orders"}
        ),
        resource(
            "Microsoft.ApiManagement/service/products",
            "shop/shop",
            properties={"state": "published", "subscriptionRequired": True, "approvalRequired": False},
        ),
        resource(
            "Microsoft.ApiManagement/service/apis",
            "shop/orders",
            properties={"path": "orders", "protocols": ["https", "http"]},
        ),
    ),
)

BREADTH = (
    _PLAN,
    _VARIABLES,
    _TRAFFIC,
    _ROUTES,
    _LINES,
    _API,
    _MONGO,
    _PIM,
    _DELEGATION,
    _EXEMPTIONS,
    _SYNAPSE_RULE,
    _JOB,
    _APP,
    _GROUP,
)
