param chosen bool

resource sound 'Microsoft.Web/sites@2024-04-01' = {
  name: 'sound'
  location: 'westeurope'

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource deployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource faulty 'Microsoft.Web/sites@2024-04-01' = {
  name: 'faulty'
  location: 'westeurope'

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource deployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: true } // expect: fail basic_publishing
  }
}

resource open 'Microsoft.Web/sites@2024-04-01' = {
  name: 'open'
  location: 'westeurope'

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource deployment 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: chosen } // expect: unknown basic_publishing
  }
}
