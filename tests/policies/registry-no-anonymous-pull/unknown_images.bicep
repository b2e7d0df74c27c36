param who string

resource images 'Microsoft.Compute/galleries@2023-07-03' = {
  name: 'images'
  location: 'westeurope'
  properties: {
    sharingProfile: { permissions: who } // expect: unknown anonymous_pull
  }
}
