param chosen array

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  zones: ['1', '2']
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  zones: ['1'] // expect: fail ha.multi_zone
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  zones: chosen // expect: unknown ha.multi_zone
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
  }
}
