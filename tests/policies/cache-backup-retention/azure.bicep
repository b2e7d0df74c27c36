param chosen string

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
    redisConfiguration: { 'rdb-backup-enabled': 'true' }
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
    redisConfiguration: { 'rdb-backup-enabled': 'false' } // expect: fail backup.enabled
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    sku: { name: 'Premium', family: 'P', capacity: 1 }
    redisConfiguration: { 'rdb-backup-enabled': chosen } // expect: unknown backup.enabled
  }
}
