resource "aws_iam_account_password_policy" "all" {
  minimum_password_length = 14
  max_password_age = 365 # expect: fail max_age_days
}
