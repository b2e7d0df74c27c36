resource "aws_iam_user" "clerk" {
  name = "clerk"
}

resource "aws_iam_user_policy_attachment" "clerk" {
  user       = aws_iam_user.clerk.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # expect: fail wildcard_actions
}

# Its content is narrow.
resource "aws_iam_user_policy_attachment" "billing" {
  user       = aws_iam_user.clerk.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
