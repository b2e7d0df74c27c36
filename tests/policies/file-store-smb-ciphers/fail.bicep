resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      protocolSettings: { smb: { channelEncryption: 'AES-128-CCM;' } } // expect: fail smb.ciphers
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
