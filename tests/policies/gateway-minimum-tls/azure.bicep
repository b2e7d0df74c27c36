param chosen string

resource sound 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    sslPolicy: { policyType: 'Custom', minProtocolVersion: 'TLSv1_2' }
  }
}

resource faulty 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    sslPolicy: { policyType: 'Custom', minProtocolVersion: 'TLSv1_0' } // expect: fail tls.min_version
  }
}

resource open 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    sslPolicy: { policyType: 'Custom', minProtocolVersion: chosen } // expect: unknown tls.min_version
  }
}
