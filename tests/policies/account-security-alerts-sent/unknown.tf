variable "choice" {}

resource "azurerm_security_center_contact" "team" {
  name  = "default"
  email = "security@example.org"

  alerts_to_admins    = true
  alert_notifications = var.choice # expect: unknown security_contact.alerts
}
