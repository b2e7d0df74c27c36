param chosen string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {
      linuxConfiguration: {
        patchSettings: {
          assessmentMode: chosen // expect: unknown patches.assessed
        }
      }
    }
  }
}
