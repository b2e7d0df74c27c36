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

# Nothing in the group can be deleted by mistake.
resource "azurerm_management_lock" "main" {
  name       = "keep"
  scope      = azurerm_resource_group.main.id
  lock_level = "CanNotDelete"
  notes      = "Production: take the lock away by a change request only"
}
