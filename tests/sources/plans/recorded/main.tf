# What recorded.json is the plan of: Terraform 1.11.4, terraform show -json, no provider but the built-in one.
variable "password" {
  default   = "hunter2hunter2"
  sensitive = true
}

resource "terraform_data" "key" {
  input = { name = "key", rotation = true }
}

resource "terraform_data" "database" {
  for_each = { eu = 35, us = 7 }
  input = {
    identifier = "orders-${each.key}"
    retention  = each.value
    password   = var.password
    key        = terraform_data.key.id
    sources    = [terraform_data.key.id, "10.0.0.0/8"]
    note       = null
  }
}

resource "terraform_data" "replica" {
  count = 2
  input = terraform_data.database["eu"].id
}

resource "terraform_data" "none" {
  count = 0
}

module "storage" {
  source   = "./storage"
  for_each = toset(["logs"])
  name     = each.key
  key      = terraform_data.key.id
}

resource "terraform_data" "policy" {
  input            = module.storage["logs"].id
  triggers_replace = [terraform_data.replica[0].id, terraform_data.replica[1].id]
}
