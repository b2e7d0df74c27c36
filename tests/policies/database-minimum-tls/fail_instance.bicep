resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
  name: 'orders-mi'
  location: 'westeurope'
  properties: {
    minimalTlsVersion: '1.1' // expect: fail tls.min_version
  }
}
