param choice string

resource front 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: 'front'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }

  resource sound 'originGroups' = {
    name: 'sound'
    properties: {}

    resource origin 'origins' = {
      name: 'sound'
      properties: { hostName: 'sound.example.org' }
    }
  }

  resource plain 'originGroups' = {
    name: 'plain'
    properties: {}

    resource origin 'origins' = {
      name: 'plain'
      properties: { hostName: 'plain.example.org' }
    }
  }

  resource open 'originGroups' = {
    name: 'open'
    properties: {}

    resource origin 'origins' = {
      name: 'open'
      properties: { hostName: 'open.example.org' }
    }
  }

  resource ends 'afdEndpoints' = {
    name: 'front'
    location: 'global'

    resource soundRoute 'routes' = {
      name: 'sound'
      properties: {
        originGroup: { id: sound.id }
        supportedProtocols: ['Http', 'Https']
        forwardingProtocol: 'HttpsOnly'
      }
    }

    resource plainRoute 'routes' = {
      name: 'plain'
      properties: {
        originGroup: { id: plain.id }
        supportedProtocols: ['Http', 'Https']
        forwardingProtocol: 'HttpOnly' // expect: fail encryption.in_transit
      }
    }

    resource openRoute 'routes' = {
      name: 'open'
      properties: {
        originGroup: { id: open.id }
        supportedProtocols: ['Http', 'Https']
        forwardingProtocol: choice // expect: unknown encryption.in_transit
      }
    }
  }
}
