# A custom role that may do exactly what `tfaudit live azure` reads. role.json is what `tfaudit permissions azure` prints.

terraform {
  required_version = ">= 1.5"
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = ">= 4.0" }
  }
}

variable "scope" {
  description = "What is read: /subscriptions/<id>, or a management group."
  type        = string
}

variable "principal_id" {
  description = "The object id of the identity that tfaudit runs as."
  type        = string
}

locals {
  role = jsondecode(file("${path.module}/role.json"))
}

resource "azurerm_role_definition" "tfaudit" {
  name        = local.role.Name
  scope       = var.scope
  description = local.role.Description

  permissions {
    actions      = local.role.Actions
    not_actions  = []
    data_actions = []
  }

  assignable_scopes = [var.scope]
}

resource "azurerm_role_assignment" "tfaudit" {
  scope              = var.scope
  role_definition_id = azurerm_role_definition.tfaudit.role_definition_resource_id
  principal_id       = var.principal_id
}
