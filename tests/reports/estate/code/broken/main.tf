resource "aws_db_instance" "half" {
  identifier =
