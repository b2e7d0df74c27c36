param chosen object

resource sound 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    dataEncryption: { type: 'AzureKeyVault', primaryKeyURI: 'https://vault.vault.azure.net/keys/data/1' }
  }
}

resource faulty 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    dataEncryption: { type: 'SystemManaged' } // expect: fail encryption.customer_managed_key
  }
}

resource open 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    dataEncryption: chosen // expect: unknown encryption.customer_managed_key
  }
}
