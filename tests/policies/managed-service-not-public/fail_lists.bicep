resource messages 'Microsoft.SignalRService/signalR@2024-03-01' = {
  name: 'messages'
  location: 'westeurope'
  properties: {
    networkACLs: {
      defaultAction: 'Deny'
      publicNetwork: { allow: ['ServerConnection'] } // expect: fail network.public
    }
  }
}

resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: { publicNetworkAccess: 'Disabled' }

  resource answers 'onlineEndpoints' = {
    name: 'answers'
    location: 'westeurope'
    properties: {
      authMode: 'AADToken'
      publicNetworkAccess: 'Enabled' // expect: fail network.public
    }
  }
}
