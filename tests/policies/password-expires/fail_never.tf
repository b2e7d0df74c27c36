resource "aws_iam_account_password_policy" "all" { # expect: fail max_age_days
  minimum_password_length = 14
}
