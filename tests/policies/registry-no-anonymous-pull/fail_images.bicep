resource images 'Microsoft.Compute/galleries@2023-07-03' = {
  name: 'images'
  location: 'westeurope'
  properties: {
    sharingProfile: { permissions: 'Community' } // expect: fail anonymous_pull
  }
}
