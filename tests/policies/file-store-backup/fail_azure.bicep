resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'files'
}

resource service 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource team 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = { // expect: fail backup.enabled
  parent: service
  name: 'team'
}
