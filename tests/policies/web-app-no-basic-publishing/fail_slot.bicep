resource app 'Microsoft.Web/sites@2024-04-01' = { // expect: fail basic_publishing
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }

  resource next 'slots' = {
    name: 'next'
    location: 'westeurope'
    properties: {
      httpsOnly: true
    }

    resource ftp 'basicPublishingCredentialsPolicies' = {
      name: 'ftp'
      properties: { allow: false }
    }

    resource scm 'basicPublishingCredentialsPolicies' = {
      name: 'scm'
      properties: { allow: false }
    }
  }
}
