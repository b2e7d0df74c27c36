locals {
  name = "directory-${var.environment}"

  tags = {
    application = "company-directory"
    environment = var.environment
    managed-by  = "terraform"
  }

  subnets = {
    public      = 0
    application = 4
    data        = 8
  }
}
