resource "aws_dynamodb_table" "carts" {
  name     = "carts"
  hash_key = "id"

  point_in_time_recovery {
    enabled = false # expect: fail backup.enabled, fail backup.retention_days
  }
}

resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"

  point_in_time_recovery {
    enabled = true
  }
}
