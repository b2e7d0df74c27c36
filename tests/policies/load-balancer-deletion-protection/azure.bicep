param locked bool

resource sound 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'Standard_v2'
      tier: 'Standard_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'agw')
          }
        }
      }
    ]
  }
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: sound
  properties: {
    level: 'CanNotDelete'
  }
}

resource faulty 'Microsoft.Network/applicationGateways@2024-05-01' = { // expect: fail deletion_protection
  name: 'faulty'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'Standard_v2'
      tier: 'Standard_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'agw')
          }
        }
      }
    ]
  }
}

resource open 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    sku: {
      name: 'Standard_v2'
      tier: 'Standard_v2'
    }
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'agw')
          }
        }
      }
    ]
  }
}

resource some 'Microsoft.Authorization/locks@2020-05-01' = if (locked) { // expect: unknown deletion_protection
  name: 'keep'
  scope: open
  properties: {
    level: 'CanNotDelete'
  }
}
