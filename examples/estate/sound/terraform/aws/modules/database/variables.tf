variable "name" {
  type = string
}

variable "instance_class" {
  type = string
}

variable "storage_gib" {
  type = number
}

variable "backup_days" {
  description = "How far back a restore can reach"
  type        = number
  default     = 7
}

variable "key_arn" {
  type = string
}

variable "copies" {
  description = "Region of the copies of backups, and its key"
  type = object({
    region  = string
    key_arn = string
  })
}

variable "parameter_group" {
  type = string
}

variable "subnet_group" {
  type = string
}

variable "security_group_id" {
  type = string
}
