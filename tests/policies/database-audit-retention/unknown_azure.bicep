param chosen int

resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'orders-sql'
  location: 'westeurope'

  resource audit 'auditingSettings' = {
    name: 'default'
    properties: { state: 'Enabled', storageEndpoint: 'https://audit.example.org', retentionDays: chosen } // expect: unknown audit.retention_days
  }
}
