resource "aws_iam_user" "ci" { # expect: unknown last_used_days
  name = "ci"
}

resource "aws_iam_access_key" "ci" {
  user = aws_iam_user.ci.name
}

resource "aws_iam_user" "nobody" {
  name = "nobody"
}
