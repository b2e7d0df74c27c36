param chosen string

resource database 'Microsoft.Sql/servers/databases@2023-08-01' = {
  name: 'orders-sql/orders'
  location: 'westeurope'

  resource kept 'backupLongTermRetentionPolicies' = {
    name: 'default'
    properties: { monthlyRetention: chosen } // expect: unknown backup.long_term
  }
}
