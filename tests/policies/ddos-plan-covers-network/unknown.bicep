resource plan 'Microsoft.Network/ddosProtectionPlans@2024-05-01' = { // expect: unknown covers_network
  name: 'corp'
  location: 'westeurope'
}
