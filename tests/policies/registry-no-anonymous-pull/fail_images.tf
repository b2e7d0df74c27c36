resource "azurerm_shared_image_gallery" "images" {
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"

  sharing {
    permission = "Community" # expect: fail anonymous_pull
  }
}
