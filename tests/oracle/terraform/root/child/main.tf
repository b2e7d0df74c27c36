variable "name" {
  type    = string
  default = "default"
}

variable "certain" {
  type     = string
  default  = "certain"
  nullable = false
}

variable "sizes" {
  type    = list(number)
  default = [7]
}

output "name" { value = var.name }
output "certain" { value = var.certain }
output "sizes" { value = var.sizes }
output "path" { value = path.module }
output "note" { value = file("${path.module}/note.txt") }
