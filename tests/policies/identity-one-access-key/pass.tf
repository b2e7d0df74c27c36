resource "aws_iam_user" "one" {
  name = "one"
}

resource "aws_iam_access_key" "one_0" {
  user = aws_iam_user.one.name
}
