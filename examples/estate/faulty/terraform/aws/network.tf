# One network with three tiers of subnets: only the load balancer stands in the public one.

resource "aws_vpc" "main" { # planted: network-flow-logs
  cidr_block           = var.network_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = {
    Name = local.name
  }
}

# The security group that AWS makes by itself stays closed.
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id

  ingress { # planted: default-firewall-closed
    description = "Whatever comes"
    from_port   = 0
    to_port     = 0
    protocol    = "-1" # planted: firewall-rule-no-all-ports
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_subnet" "public" {
  count = length(var.zones)

  vpc_id                  = aws_vpc.main.id
  availability_zone       = var.zones[count.index]
  cidr_block              = cidrsubnet(var.network_cidr, 4, local.subnets.public + count.index)
  map_public_ip_on_launch = true # planted: subnet-no-automatic-public-address

  tags = {
    Name = "${local.name}-public-${count.index}"
    tier = "public"
  }
}

resource "aws_subnet" "application" {
  count = length(var.zones)

  vpc_id                  = aws_vpc.main.id
  availability_zone       = var.zones[count.index]
  cidr_block              = cidrsubnet(var.network_cidr, 4, local.subnets.application + count.index)
  map_public_ip_on_launch = false

  tags = {
    Name                              = "${local.name}-application-${count.index}"
    tier                              = "application"
    "kubernetes.io/role/internal-elb" = "1"
  }
}

resource "aws_subnet" "data" {
  count = length(var.zones)

  vpc_id                  = aws_vpc.main.id
  availability_zone       = var.zones[count.index]
  cidr_block              = cidrsubnet(var.network_cidr, 4, local.subnets.data + count.index)
  map_public_ip_on_launch = false

  tags = {
    Name = "${local.name}-data-${count.index}"
    tier = "data"
  }
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[0].id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table" "application" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

# No way out of the data tier.
resource "aws_route_table" "data" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "public" {
  count = length(var.zones)

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "application" {
  count = length(var.zones)

  subnet_id      = aws_subnet.application[count.index].id
  route_table_id = aws_route_table.application.id
}

resource "aws_route_table_association" "data" {
  count = length(var.zones)

  subnet_id      = aws_subnet.data[count.index].id
  route_table_id = aws_route_table.data.id
}

resource "aws_security_group" "balancer" {
  name        = "${local.name}-balancer"
  description = "The public load balancer"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "balancer_https" {
  security_group_id = aws_security_group.balancer.id
  description       = "HTTPS from everywhere"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "balancer_redirect" {
  security_group_id = aws_security_group.balancer.id
  description       = "HTTP, to be redirected"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "balancer_application" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "To the API"
  referenced_security_group_id = aws_security_group.application.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}

resource "aws_security_group" "application" {
  name        = "${local.name}-application"
  description = "The API and its workers"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "application_balancer" {
  security_group_id            = aws_security_group.application.id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.balancer.id
  from_port                    = 8443
  to_port                      = 8443
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "application_ssh" { # planted: firewall-rule-described
  security_group_id = aws_security_group.application.id
  cidr_ipv4         = "0.0.0.0/0" # planted: firewall-rule-no-admin-port, firewall-rule-not-open-to-world
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "application_https" {
  security_group_id = aws_security_group.application.id
  description       = "To AWS and to the mail provider"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

# PostgreSQL and Redis, for the application only.
resource "aws_security_group" "data" {
  name        = "${local.name}-data"
  description = "Databases and caches"
  vpc_id      = aws_vpc.main.id

  ingress {
    description     = "PostgreSQL"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.application.id]
  }

  ingress {
    description = "Redis"
    from_port   = 6379
    to_port     = 6379
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # planted: firewall-rule-no-data-port, firewall-rule-not-open-to-world
  }
}
