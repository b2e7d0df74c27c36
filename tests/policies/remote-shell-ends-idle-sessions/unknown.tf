variable "minutes" {}

resource "aws_ssm_document" "preferences" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs        = { idleSessionTimeout = var.minutes } # expect: unknown session.idle_minutes
  })
}
