variable "region" {
  description = "Region of everything but the copies of backups"
  type        = string
}

variable "account_id" {
  description = "The account that this root belongs to"
  type        = string
}

variable "environment" {
  description = "production, staging or development"
  type        = string
}

variable "network_cidr" {
  description = "Addresses of the network, a /16"
  type        = string
  default     = "10.20.0.0/16"
}

variable "zones" {
  description = "Availability zones in use"
  type        = list(string)
}

variable "databases" {
  description = "The PostgreSQL databases, by name"
  type = map(object({
    instance_class = string
    storage_gib    = number
    backup_days    = number
  }))
}

variable "buckets" {
  description = "The buckets for documents, by purpose; how long old versions are kept, in days"
  type = map(object({
    keep_days              = number
    keep_old_versions_days = number
  }))
}

variable "office_networks" {
  description = "Where engineers come from when they reach the cluster's API"
  type        = list(string)
}

variable "copies" {
  description = "Where the copies of backups are, and the key of that region"
  type = object({
    region  = string
    key_arn = string
  })
}

variable "certificate_arn" {
  description = "Certificate of the public name"
  type        = string
}
