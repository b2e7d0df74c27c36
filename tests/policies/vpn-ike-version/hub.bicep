resource office 'Microsoft.Network/vpnGateways/vpnConnections@2024-05-01' = {
  name: 'hub/office'
  properties: {
    vpnLinkConnections: [
      {
        name: 'first'
        properties: {
          vpnConnectionProtocolType: 'IKEv2'
        }
      }
      {
        name: 'second'
        properties: {
          vpnConnectionProtocolType: 'IKEv1' // expect: fail ike_version
        }
      }
    ]
  }
}
