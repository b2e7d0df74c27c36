resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    clientCertEnabled: true
    clientCertMode: 'OptionalInteractiveUser' // expect: fail client_certificates.required
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    clientCertEnabled: true
    clientCertMode: 'Required'
    clientCertExclusionPaths: '/public' // expect: fail client_certificates.paths_left_out
  }
}
