param chosen string

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    encryption: {
      keySource: 'Microsoft.Keyvault'
      keyvaultproperties: { keyname: 'data', keyvaulturi: 'https://vault.vault.azure.net' }
    }
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    encryption: {
      keySource: 'Microsoft.Storage' // expect: fail encryption.customer_managed_key
      keyvaultproperties: { keyname: 'data', keyvaulturi: 'https://vault.vault.azure.net' }
    }
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    encryption: {
      keySource: chosen // expect: unknown encryption.customer_managed_key
      keyvaultproperties: { keyname: 'data', keyvaulturi: 'https://vault.vault.azure.net' }
    }
  }
}
