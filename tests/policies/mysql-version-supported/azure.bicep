param chosen string

resource sound 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    version: '8.4'
  }
}

resource faulty 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    version: '8.0.21' // expect: fail version
  }
}

resource open 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    version: chosen // expect: unknown version
  }
}
