resource hsm 'Microsoft.KeyVault/managedHSMs@2023-07-01' = { // expect: unknown purge_protection
  name: 'orders-hsm'
  location: 'westeurope'
}
