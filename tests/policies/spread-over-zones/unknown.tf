variable "zone" {
  type = string
}

resource "aws_efs_file_system" "shared" {
  availability_zone_name = var.zone # expect: unknown ha.multi_zone
}
