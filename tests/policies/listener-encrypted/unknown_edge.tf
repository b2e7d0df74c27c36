variable "plain" {}

resource "azurerm_cdn_endpoint" "pictures" {
  name                = "pictures"
  profile_name        = "files"
  resource_group_name = "rg"
  location            = "westeurope"
  is_http_allowed     = var.plain # expect: unknown https_only
}
