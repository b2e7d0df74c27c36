resource "aws_ssm_document" "preferences" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"

  content = <<-JSON # expect: fail session.idle_minutes
    {
      "schemaVersion": "1.0",
      "sessionType": "Standard_Stream",
      "inputs": {"idleSessionTimeout": "60"}
    }
  JSON
}
