resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      protocolSettings: { smb: { versions: 'SMB3.1.1;' } }
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
