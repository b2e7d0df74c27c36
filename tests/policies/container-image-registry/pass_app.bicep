resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    template: {
      containers: [
        {
          name: 'web'
          image: 'registry.example/shop:1'
        }
      ]
    }
  }
}
