resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    configuration: { ingress: { external: true, targetPort: 80, allowInsecure: false } }
  }
}
