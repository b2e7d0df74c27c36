resource "aws_iam_user" "person" { # expect: unknown mfa
  name = "person"
}

resource "aws_iam_user_login_profile" "person" {
  user = aws_iam_user.person.name
}

# It has no password to sign in with.
resource "aws_iam_user" "ci" {
  name = "ci"
}
