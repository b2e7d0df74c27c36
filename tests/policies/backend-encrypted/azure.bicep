param address string

resource apim 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: 'apim'

  resource sound 'backends' = {
    name: 'sound'
    properties: {
      protocol: 'http'
      url: 'https://orders.example.org'
    }
  }

  resource faulty 'backends' = {
    name: 'faulty'
    properties: {
      protocol: 'http'
      url: 'http://orders.example.org' // expect: fail encryption.in_transit
    }
  }

  resource open 'backends' = {
    name: 'open'
    properties: {
      protocol: 'http'
      url: address // expect: unknown encryption.in_transit
    }
  }
}
