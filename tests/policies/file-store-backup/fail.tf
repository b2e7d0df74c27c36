resource "aws_efs_file_system" "files" { # expect: fail backup.enabled
  creation_token = "files"
  encrypted      = true
}

resource "aws_efs_file_system" "off" {
  creation_token = "off"
  encrypted      = true
}

resource "aws_efs_backup_policy" "off" {
  file_system_id = aws_efs_file_system.off.id
  backup_policy {
    status = "DISABLED" # expect: fail backup.enabled
  }
}
