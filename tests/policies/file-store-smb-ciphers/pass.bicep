resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      protocolSettings: { smb: { channelEncryption: 'AES-256-GCM;' } }
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
