variable "subscription_id" {
  type = string
}

variable "portal_client_id" {
  type = string
}

variable "tenant_id" {
  type = string
}

variable "location" {
  type    = string
  default = "westeurope"
}

variable "environment" {
  description = "production, staging or development"
  type        = string
}

variable "office_networks" {
  description = "Where engineers come from"
  type        = list(string)
}

variable "engineers_group_id" {
  description = "Object id of the engineers' group in Entra ID"
  type        = string
}
