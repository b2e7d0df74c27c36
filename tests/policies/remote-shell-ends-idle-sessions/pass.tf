resource "aws_ssm_document" "preferences" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs = {
      idleSessionTimeout = "15"
    }
  })
}

resource "aws_ssm_document" "other" {
  name          = "restart-the-shop"
  document_type = "Command"
  content       = "{}"
}
