param choice bool

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
      url: 'https://orders.example.org'
      tls: {
        validateCertificateChain: false // expect: fail certificate_checked
      }
    }
  }

  resource open 'backends' = {
    name: 'open'
    properties: {
      protocol: 'http'
      url: 'https://orders.example.org'
      tls: {
        validateCertificateName: choice // expect: unknown certificate_checked
      }
    }
  }
}

resource front 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: 'front'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }

  resource shop 'originGroups' = {
    name: 'shop'
    properties: {}

    resource first 'origins' = {
      name: 'first'
      properties: {
        hostName: 'shop.example.org'
      }
    }

    resource second 'origins' = {
      name: 'second'
      properties: {
        hostName: 'shop.example.org'
        enforceCertificateNameCheck: false // expect: fail certificate_checked
      }
    }

    resource third 'origins' = {
      name: 'third'
      properties: {
        hostName: 'shop.example.org'
        enforceCertificateNameCheck: choice // expect: unknown certificate_checked
      }
    }
  }
}
