param chosen bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    disableLocalAccounts: true
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    disableLocalAccounts: false // expect: fail local_accounts
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    disableLocalAccounts: chosen // expect: unknown local_accounts
  }
}
