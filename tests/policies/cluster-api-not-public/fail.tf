resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
    public_access_cidrs = ["0.0.0.0/0"] # expect: fail api.allowed_sources
  }
}

resource "aws_eks_cluster" "unsaid" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config { # expect: fail api.allowed_sources
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}

resource "aws_eks_cluster" "none_named" {
  name     = "none-named"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids          = ["subnet-1", "subnet-2"]
    public_access_cidrs = [] # expect: fail api.allowed_sources
  }
}

resource "aws_eks_cluster" "in_halves" {
  name     = "in-halves"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids          = ["subnet-1", "subnet-2"]
    public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"] # expect: fail api.allowed_sources
  }
}
