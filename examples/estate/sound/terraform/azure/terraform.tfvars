subscription_id    = "00000000-0000-0000-0000-000000000000"
portal_client_id   = "33333333-3333-3333-3333-333333333333"
tenant_id          = "11111111-1111-1111-1111-111111111111"
environment        = "production"
office_networks    = ["203.0.113.0/24"]
engineers_group_id = "22222222-2222-2222-2222-222222222222"
