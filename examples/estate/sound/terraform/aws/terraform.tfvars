region          = "eu-west-1"
account_id      = "123456789012"
environment     = "production"
zones           = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
office_networks = ["203.0.113.0/24"]
certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/6f0c1b1e-5a35-4c34-9d8a-3d1f6a3f2f10"

copies = {
  region  = "eu-central-1"
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0b5b6a3e-8a55-4d6b-9d0f-6b7d3e1c2a44"
}

databases = {
  directory = {
    instance_class = "db.m6g.large"
    storage_gib    = 100
    backup_days    = 35
  }
  audit = {
    instance_class = "db.m6g.large"
    storage_gib    = 50
    backup_days    = 35
  }
}

buckets = {
  photos = {
    keep_days              = 2555
    keep_old_versions_days = 35
  }
  exports = {
    keep_days              = 90
    keep_old_versions_days = 7
  }
}
