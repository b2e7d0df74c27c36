resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    encryption: {
      keySource: 'Microsoft.Keyvault'
      keyvaultproperties: { keyname: 'data' }
      services: { table: { keyType: 'Service' } } // expect: fail encryption.customer_managed_key
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource visits 'tables' = {
      name: 'visits'
    }
  }
}
