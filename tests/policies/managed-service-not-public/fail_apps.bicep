resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'apps'
  location: 'westeurope'
  properties: {
    vnetConfiguration: { internal: false } // expect: fail network.public
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'mail'
  location: 'westeurope'
  properties: {
    accessControl: {
      triggers: { allowedCallerIpAddresses: [{ addressRange: '0.0.0.0/0' }] } // expect: fail network.public
    }
  }
}

resource group 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: 'jobs'
  location: 'westeurope'
  properties: {
    ipAddress: { type: 'Public', ports: [{ port: 80 }] } // expect: fail network.public
  }
}
