param chosen string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'files'
}

resource service 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource team 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: service
  name: 'team'
}

resource item 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems@2024-04-01' = {
  name: 'vault/Azure/storagecontainer;Storage;rg;files/AzureFileShare;team'
  properties: {
    protectedItemType: chosen // expect: unknown backup.enabled
    sourceResourceId: account.id
  }
}
