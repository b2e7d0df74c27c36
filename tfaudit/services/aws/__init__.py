"""Amazon Web Services: Terraform, CloudFormation and API responses side by side."""
