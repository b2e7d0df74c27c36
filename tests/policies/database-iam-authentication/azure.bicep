param chosen string

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    authConfig: { activeDirectoryAuth: 'Enabled' }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    authConfig: { activeDirectoryAuth: 'Disabled' } // expect: fail auth.iam
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    authConfig: { activeDirectoryAuth: chosen } // expect: unknown auth.iam
  }
}
