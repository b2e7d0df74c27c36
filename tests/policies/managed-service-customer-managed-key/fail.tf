resource "azurerm_cognitive_account" "cognitive" { # expect: fail encryption.customer_managed_key
  name                = "cognitive"
  resource_group_name = "rg"
}

resource "azurerm_app_configuration" "appconfig" { # expect: fail encryption.customer_managed_key
  name                = "appconfig"
  resource_group_name = "rg"
}

resource "azurerm_data_factory" "factory" { # expect: fail encryption.customer_managed_key
  name                = "factory"
  resource_group_name = "rg"
}

resource "azurerm_synapse_workspace" "synapse" { # expect: fail encryption.customer_managed_key
  name                = "synapse"
  resource_group_name = "rg"
}

resource "azurerm_machine_learning_workspace" "ml" { # expect: fail encryption.customer_managed_key
  name                = "ml"
  resource_group_name = "rg"
}

resource "azurerm_automation_account" "automation" { # expect: fail encryption.customer_managed_key
  name                = "automation"
  resource_group_name = "rg"
}

resource "azurerm_databricks_workspace" "databricks" { # expect: fail encryption.customer_managed_key
  name                = "databricks"
  resource_group_name = "rg"
}

resource "azurerm_recovery_services_vault" "vault" { # expect: fail encryption.customer_managed_key
  name                = "vault"
  resource_group_name = "rg"
}
