variable "name" {}
variable "key" {}

resource "terraform_data" "bucket" {
  input            = var.key
  triggers_replace = "bucket-${var.name}"
}

output "id" {
  value = terraform_data.bucket.id
}
