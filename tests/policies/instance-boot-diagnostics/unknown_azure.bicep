param chosen bool

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    diagnosticsProfile: {
      bootDiagnostics: {
        enabled: chosen // expect: unknown boot_diagnostics
      }
    }
  }
}
