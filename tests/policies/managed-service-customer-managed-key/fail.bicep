resource thing 'Microsoft.DataFactory/factories@2018-06-01' = { // expect: fail encryption.customer_managed_key
  name: 'thing'
  location: 'westeurope'
}
