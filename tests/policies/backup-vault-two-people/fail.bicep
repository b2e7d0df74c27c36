resource copies 'Microsoft.RecoveryServices/vaults@2025-02-01' = { // expect: fail two_people
  name: 'copies'
  location: 'westeurope'
  properties: {}
}
