resource copies 'Microsoft.DataProtection/backupVaults@2025-07-01' = { // expect: fail two_people
  name: 'copies'
  location: 'westeurope'
  properties: {}
}
