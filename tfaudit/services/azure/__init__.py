"""Azure services, one module each, read from Terraform's azurerm provider (3.x to 5.x)."""
