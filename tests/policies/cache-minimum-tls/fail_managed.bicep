resource carts 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: 'carts'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: '1.0' // expect: fail tls.min_version
  }
}
