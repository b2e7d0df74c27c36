resource "azurerm_container_app_environment" "apps" { # expect: fail network.public
  name                = "apps"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_container_group" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
  ip_address_type     = "Public" # expect: fail network.public
}

resource "azurerm_logic_app_workflow" "mail" { # expect: fail network.public
  name                = "mail"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_batch_account" "renders" { # expect: fail network.public
  name                = "renders"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_communication_service" "messages" { # expect: fail network.public
  name                = "messages"
  resource_group_name = "rg"
  data_location       = "Europe"
}
