locals {
  name = "directory-${var.environment}"

  tags = {
    application = "company-directory"
    environment = var.environment
    managed-by  = "terraform"
  }
}

resource "azurerm_resource_group" "main" {
  name     = "rg-template-${var.environment}"
  location = var.location
  tags     = local.tags
}
