resource reports 'Microsoft.Databricks/workspaces@2024-05-01' = {
  name: 'reports'
  location: 'westeurope'
  properties: {
    parameters: {
      requireInfrastructureEncryption: { value: false } // expect: fail encrypted_twice
    }
  }
}
