param chosen bool

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    securityProfile: {
      uefiSettings: {
        secureBootEnabled: true
        vTpmEnabled: chosen // expect: unknown vtpm
      }
    }
  }
}
