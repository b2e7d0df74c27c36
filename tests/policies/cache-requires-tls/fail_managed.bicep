resource carts 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: 'carts'
  location: 'westeurope'

  resource database 'databases' = {
    name: 'default'
    properties: { clientProtocol: 'Plaintext' } // expect: fail tls.required
  }
}
