resource "aws_ssoadmin_permission_set_inline_policy" "operators" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: fail admin
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      }
    ]
  })
}
