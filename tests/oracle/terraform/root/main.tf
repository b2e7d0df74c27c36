# What the expressions beside this folder may name. Variables without a default have no value: they are unknown.

variable "text" { type = string }
variable "number" { type = number }
variable "flag" { type = bool }
variable "list" { type = list(string) }
variable "set" { type = set(string) }
variable "map" { type = map(string) }
variable "any" {}
variable "object" { type = object({ name = string, size = number }) }

variable "present" {
  type     = string
  nullable = false
}

variable "given_text" { default = "given" }

variable "given_number" {
  type    = number
  default = "12"
}

variable "given_text_of_number" {
  type    = string
  default = 1.50
}

variable "given_list" {
  type    = list(string)
  default = [1, true, "c"]
}

variable "given_set" {
  type    = set(string)
  default = ["b", "a", "b"]
}

variable "given_numbers" {
  type    = set(number)
  default = ["10", 9, "9"]
}

variable "given_empty" {
  type    = list(string)
  default = []
}

variable "given_map" {
  type    = map(string)
  default = { b = 2, a = true }
}

variable "given_tuple" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "given_null" {
  type    = string
  default = null
}

variable "given_settings" {
  type = object({
    name    = string
    size    = optional(number, 3)
    zones   = optional(list(string), ["a"])
    nothing = optional(string)
    inner = optional(object({
      on    = optional(bool, true)
      label = optional(string, "none")
    }), {})
  })
  default = { name = "x", size = null, extra = "dropped" }
}

variable "given_map_of_settings" {
  type = map(object({
    port = number
    open = optional(bool, false)
  }))
  default = {
    web = { port = "443" }
    db  = { port = 5432, open = "true" }
  }
}

variable "given_any_list" {
  type    = list(any)
  default = ["a", 1]
}

variable "given_any_map" {
  type    = map(any)
  default = { a = 1, b = "x" }
}

variable "given_any" {
  type    = any
  default = { a = [1, "b"], c = null }
}

locals {
  one    = 1
  empty  = []
  names  = ["web", "db", "cache"]
  nested = { a = { b = { c = [10, 20, 30] } } }
  people = [{ name = "ann", age = 40 }, { name = "bob", age = 35 }]
  ports  = { http = 80, https = 443, ssh = 22 }
  nothing = null
  mixed  = [1, "two", true, null, { k = "v" }]
  later  = terraform_data.one.id
  prefix = "a-${terraform_data.one.id}"
  tags   = { known = "k", later = terraform_data.one.id }
  either = var.flag ? "left" : "right"
}

resource "terraform_data" "one" {
  input = "in"
}

resource "terraform_data" "counted" {
  count = 2
  input = "in-${count.index}"
}

resource "terraform_data" "keyed" {
  for_each = { x = 1, y = 2 }
  input    = each.value
}

resource "terraform_data" "none" {
  count = 0
}

module "defaults" {
  source = "./child"
}

module "nulls" {
  source  = "./child"
  name    = null
  certain = null
  sizes   = null
}

module "given" {
  source  = "./child"
  name    = "n"
  certain = 5
  sizes   = ["1", 2]
}

module "later" {
  source  = "./child"
  name    = terraform_data.one.id
  certain = terraform_data.one.id
}

module "many" {
  source   = "./child"
  for_each = toset(["p", "q"])
  name     = each.key
}
