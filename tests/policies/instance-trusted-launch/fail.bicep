resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    securityProfile: {
      uefiSettings: {
        secureBootEnabled: true
        vTpmEnabled: false // expect: fail vtpm
      }
    }
  }
}
