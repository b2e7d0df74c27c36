"""Pairs of what stands inside of other services, and of those that most subscriptions have few of."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

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

BREADTH = (_JOB, _APP, _GROUP)
