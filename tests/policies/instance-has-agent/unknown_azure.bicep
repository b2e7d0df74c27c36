param chosen bool

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {
      linuxConfiguration: {
        provisionVMAgent: chosen // expect: unknown agent
      }
    }
  }
}
