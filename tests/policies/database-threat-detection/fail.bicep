resource server 'Microsoft.Sql/servers@2023-08-01' = { // expect: fail threat_detection
  name: 'orders-sql'
  location: 'westeurope'

}
