resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    securityProfile: {
      encryptionAtHost: false // expect: fail encryption.at_host
    }
  }
}

resource fleet 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'fleet'
  location: 'westeurope'
  properties: {
    virtualMachineProfile: {} // expect: fail encryption.at_host
  }
}
