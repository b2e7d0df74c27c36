"""Writes the inputs of the benchmarks: the same bytes at every run, no two files alike."""

from __future__ import annotations

from pathlib import Path

_NETWORK = """
resource "aws_vpc" "{name}" {{
  cidr_block           = cidrsubnet("10.0.0.0/8", 8, {number} % 200)
  enable_dns_hostnames = true
  tags                 = merge(local.tags, {{ Name = "{name}" }})
}}

resource "aws_subnet" "{name}" {{
  count             = 2
  vpc_id            = aws_vpc.{name}.id
  cidr_block        = cidrsubnet(aws_vpc.{name}.cidr_block, 8, count.index)
  availability_zone = var.zones[count.index]
}}

resource "aws_security_group" "{name}" {{
  name        = "{name}"
  description = "Traffic of {name}"
  vpc_id      = aws_vpc.{name}.id

  dynamic "ingress" {{
    for_each = var.ports
    content {{
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.{octet}.0.0/16"]
      description = "port ${{ingress.value}}"
    }}
  }}

  egress {{
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}

resource "aws_flow_log" "{name}" {{
  vpc_id          = aws_vpc.{name}.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.{name}.arn
}}

resource "aws_cloudwatch_log_group" "{name}" {{
  name              = "/flow/{name}"
  retention_in_days = {days}
}}
"""

_DATA = """
resource "aws_db_instance" "{name}" {{
  identifier              = "{name}"
  engine                  = "postgres"
  engine_version          = "16.3"
  instance_class          = "db.t3.medium"
  allocated_storage       = 20
  storage_encrypted       = {odd}
  kms_key_id              = aws_kms_key.{name}.arn
  backup_retention_period = {days} % 35
  multi_az                = {odd}
  username                = "app"
  password                = var.password
  tags                    = local.tags
}}

resource "aws_kms_key" "{name}" {{
  description         = "key of {name}"
  enable_key_rotation = {odd}
}}

resource "aws_s3_bucket" "{name}" {{
  bucket = "records-{name}"
  tags   = local.tags
}}

resource "aws_s3_bucket_versioning" "{name}" {{
  bucket = aws_s3_bucket.{name}.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}

resource "aws_s3_bucket_public_access_block" "{name}" {{
  bucket                  = aws_s3_bucket.{name}.id
  block_public_acls       = true
  block_public_policy     = {odd}
  ignore_public_acls      = true
  restrict_public_buckets = true
}}

resource "aws_elasticache_replication_group" "{name}" {{
  replication_group_id       = "{name}"
  description                = "sessions of {name}"
  node_type                  = "cache.t3.small"
  num_cache_clusters         = 2
  transit_encryption_enabled = {odd}
  at_rest_encryption_enabled = true
}}
"""

_ACCESS = """
data "aws_iam_policy_document" "{name}" {{
  statement {{
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::records-{name}/*"]
  }}
  statement {{
    actions   = ["kms:Decrypt"]
    resources = ["*"]
  }}
}}

resource "aws_iam_role" "{name}" {{
  name = "{name}"
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = {{ Service = "ecs-tasks.amazonaws.com" }}
    }}]
  }})
}}

resource "aws_iam_role_policy" "{name}" {{
  name   = "{name}"
  role   = aws_iam_role.{name}.id
  policy = data.aws_iam_policy_document.{name}.json
}}

resource "aws_lb" "{name}" {{
  name                       = "{name}"
  internal                   = {odd}
  load_balancer_type         = "application"
  drop_invalid_header_fields = true
}}

resource "aws_lb_listener" "{name}" {{
  load_balancer_arn = aws_lb.{name}.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  default_action {{
    type = "fixed-response"
    fixed_response {{
      content_type = "text/plain"
    }}
  }}
}}
"""

_VARIABLES = """
variable "zones" {
  type    = list(string)
  default = ["eu-west-1a", "eu-west-1b"]
}

variable "ports" {
  type    = list(number)
  default = [443, 8443]
}

variable "password" {
  type      = string
  sensitive = true
}

locals {
  tags = {
    environment = "production"
    owner       = "platform"
  }
}
"""

_DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-{number}
  namespace: team-{team}
  labels:
    app.kubernetes.io/name: service-{number}
    app.kubernetes.io/part-of: shop
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: service-{number}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-{number}
    spec:
      serviceAccountName: service-{number}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: app
          image: registry.internal/shop/service-{number}:1.{number}.0
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: service-{number}
                  key: database-url
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 10
          livenessProbe:
            httpGet:
              path: /live
              port: http
          securityContext:
            allowPrivilegeEscalation: {escalates}
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: scratch
              mountPath: /tmp
      volumes:
        - name: scratch
          emptyDir: {{}}
"""

PARTS = (_NETWORK, _DATA, _ACCESS)
FILES_IN_A_ROOT = 10


def terraform(folder: Path, files: int) -> None:
    """Write `files` Terraform files, ten to a root, each with its own names and values."""
    for number in range(files):
        root = folder / f"root-{number // FILES_IN_A_ROOT:04}"
        root.mkdir(parents=True, exist_ok=True)
        if number % FILES_IN_A_ROOT == 0:
            (root / "variables.tf").write_text(_VARIABLES)
            continue
        text = PARTS[number % len(PARTS)].format(
            name=f"part{number}",
            number=number,
            octet=number % 200,
            days=(7, 14, 30, 90, 365)[number % 5],
            odd=str(number % 2 == 1).lower(),
        )
        (root / f"part{number}.tf").write_text(text)


def kubernetes(folder: Path, objects: int, files: int = 10) -> None:
    """Write `objects` Deployments into `files` multi-document files."""
    folder.mkdir(parents=True, exist_ok=True)
    each = objects // files
    for file in range(files):
        documents = [
            _DEPLOYMENT.format(
                number=number,
                team=number % 50,
                replicas=number % 5 + 1,
                escalates=str(number % 10 == 0).lower(),
            )
            for number in range(file * each, (file + 1) * each)
        ]
        (folder / f"deployments-{file:02}.yaml").write_text("---\n".join(documents))
