param locked bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {}
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: sound
  properties: {
    level: 'CanNotDelete'
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = { // expect: fail deletion_protection
  name: 'faulty'
  location: 'westeurope'
  properties: {}
}

resource copies 'Microsoft.RecoveryServices/vaults@2024-04-01' = { // expect: fail deletion_protection
  name: 'copies'
  location: 'westeurope'
  properties: {}
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {}
}

resource some 'Microsoft.Authorization/locks@2020-05-01' = if (locked) { // expect: unknown deletion_protection
  name: 'keep'
  scope: open
  properties: {
    level: 'CanNotDelete'
  }
}
