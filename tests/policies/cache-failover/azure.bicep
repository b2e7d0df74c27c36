param chosen string

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    sku: { name: 'Standard', family: 'C', capacity: 1 }
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    sku: { name: 'Basic', family: 'C', capacity: 1 } // expect: fail ha.automatic_failover
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    sku: { name: chosen, family: 'C', capacity: 1 } // expect: unknown ha.automatic_failover
  }
}
