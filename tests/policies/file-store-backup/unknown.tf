variable "value" {}

resource "aws_efs_file_system" "files" {
  creation_token = "files"
  encrypted      = true
}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id
  backup_policy {
    status = var.value # expect: unknown backup.enabled
  }
}
