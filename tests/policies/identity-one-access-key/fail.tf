resource "aws_iam_user" "two" { # expect: fail access_keys
  name = "two"
}

resource "aws_iam_access_key" "two_0" {
  user = aws_iam_user.two.name
}

resource "aws_iam_access_key" "two_1" {
  user = aws_iam_user.two.name
}
