resource "aws_lb" "web" {
  name = "web"
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_elb" "old" {
  name = "old"
  access_logs {
    bucket = "logs"
  }
}
