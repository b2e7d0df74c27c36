param locked bool

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {}
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: sound
  properties: {
    level: 'CanNotDelete'
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = { // expect: fail deletion_protection
  name: 'faulty'
  location: 'westeurope'
  properties: {}
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {}
}

resource some 'Microsoft.Authorization/locks@2020-05-01' = if (locked) { // expect: unknown deletion_protection
  name: 'keep'
  scope: open
  properties: {
    level: 'CanNotDelete'
  }
}
