resource orders 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    minimumTlsVersionAllowed: '1.1' // expect: fail tls.min_version
  }
}

resource shop 'Microsoft.EventGrid/domains@2025-02-15' = {
  name: 'shop'
  location: 'westeurope'
  properties: { // expect: fail tls.min_version
    disableLocalAuth: true
  }
}
