resource "aws_lb" "web" {
  name                       = "web"
  drop_invalid_header_fields = true
}

# Headers are nothing to a Network Load Balancer.
resource "aws_lb" "edge" {
  name               = "edge"
  load_balancer_type = "network"
}
