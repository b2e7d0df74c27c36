resource thing 'Microsoft.DataFactory/factories@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    encryption: {
      keyName: 'k'
    }
  }
}
