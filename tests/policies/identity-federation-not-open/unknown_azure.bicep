param chosen string

resource deployer 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'deployer'
  location: 'westeurope'

  resource pipeline 'federatedIdentityCredentials' = {
    name: 'pipeline'
    properties: {
      issuer: 'https://token.actions.githubusercontent.com'
      audiences: [
        'api://AzureADTokenExchange'
      ]
      subject: chosen // expect: unknown federation.subjects
    }
  }
}
