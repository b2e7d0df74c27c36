resource "azurerm_cognitive_account" "speech" { # expect: fail logs.enabled
  name                = "speech"
  resource_group_name = "rg"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_databricks_workspace" "reports" { # expect: fail logs.enabled
  name                = "reports"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "premium"
}

resource "azurerm_container_group" "jobs" { # expect: fail logs.enabled
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
}
