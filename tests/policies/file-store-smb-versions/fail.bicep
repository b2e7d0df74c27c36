resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      protocolSettings: { smb: { versions: 'SMB2.1;SMB3.0;SMB3.1.1;' } } // expect: fail smb.versions
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
