param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    highAvailability: { mode: 'ZoneRedundant' }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    highAvailability: { mode: 'SameZone' } // expect: fail ha.multi_zone
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    highAvailability: { mode: chosen } // expect: unknown ha.multi_zone
  }
}
