param chosen string

resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'orders-sql'
  location: 'westeurope'

  resource alerts 'securityAlertPolicies' = {
    name: 'Default'
    properties: { state: chosen } // expect: unknown threat_detection
  }
}
