resource "azurerm_security_center_contact" "team" {
  name  = "default"
  email = "security@example.org"

  alert_notifications = true
  alerts_to_admins    = true
}
