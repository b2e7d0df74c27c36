variable "choice" {}

resource "azurerm_security_center_contact" "team" {
  name  = "default"
  email = var.choice # expect: unknown security_contact.email

  alert_notifications = true
  alerts_to_admins    = true
}
