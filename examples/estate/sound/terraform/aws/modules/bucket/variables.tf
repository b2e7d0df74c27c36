variable "name" {
  type = string
}

variable "key_arn" {
  type = string
}

variable "log_bucket" {
  type = string
}

variable "keep_days" {
  type = number
}

variable "keep_old_versions_days" {
  type = number
}
