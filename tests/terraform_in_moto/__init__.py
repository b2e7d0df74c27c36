"""The example estate's Terraform, made in moto."""
