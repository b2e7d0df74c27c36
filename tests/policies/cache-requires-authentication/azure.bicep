param chosen string

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    redisConfiguration: { authnotrequired: 'false' }
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    redisConfiguration: { authnotrequired: 'true' } // expect: fail auth.required
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    redisConfiguration: { authnotrequired: chosen } // expect: unknown auth.required
  }
}
