resource "azurerm_security_center_setting" "wdatp" { # expect: unknown threat_detection.integrations_off
  setting_name = "WDATP"
  enabled      = true
}
