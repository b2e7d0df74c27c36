resource "aws_iam_account_password_policy" "all" { # expect: fail reuse_prevention
  minimum_password_length      = 8 # expect: fail min_length
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
}
