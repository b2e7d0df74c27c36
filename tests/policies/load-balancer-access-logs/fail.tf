resource "aws_lb" "web" { # expect: fail logs.enabled
  name = "web"
}

# The block alone does not switch them on.
resource "aws_lb" "half" {
  name = "half"
  access_logs { # expect: fail logs.enabled
    bucket = "logs"
  }
}

resource "aws_lb" "off" {
  name = "off"
  access_logs {
    bucket  = "logs"
    enabled = false # expect: fail logs.enabled
  }
}
