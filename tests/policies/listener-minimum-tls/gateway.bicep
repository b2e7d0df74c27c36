param choice string

resource sound 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  sku: { name: 'Premium', capacity: 1 }
  properties: {
    publisherName: 'shop'
    publisherEmail: 'apis@example.org'
  }
}

resource off 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'off'
  location: 'westeurope'
  sku: { name: 'Premium', capacity: 1 }
  properties: {
    publisherName: 'shop'
    publisherEmail: 'apis@example.org'
    customProperties: {
      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': 'false'
      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls11': 'False'
    }
  }
}

resource faulty 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  sku: { name: 'Premium', capacity: 1 }
  properties: {
    publisherName: 'shop'
    publisherEmail: 'apis@example.org'
    customProperties: {
      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': 'false'
      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls11': 'true' // expect: fail tls.min_version
    }
  }
}

resource open 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  sku: { name: 'Premium', capacity: 1 }
  properties: {
    publisherName: 'shop'
    publisherEmail: 'apis@example.org'
    customProperties: {
      'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': choice // expect: unknown tls.min_version
    }
  }
}
