
resource office 'Microsoft.Network/vpnGateways/vpnConnections@2024-05-01' = {
  name: 'hub/office'
  properties: {
    vpnLinkConnections: [
      {
        name: 'first'
        properties: {
          ipsecPolicies: [ { dhGroup: 'ECP384', ikeEncryption: 'GCMAES256', ikeIntegrity: 'SHA384', ipsecEncryption: 'GCMAES256', ipsecIntegrity: 'GCMAES256', pfsGroup: 'ECP384', saDataSizeKilobytes: 102400000, saLifeTimeSeconds: 27000 } ]
        }
      }
      {
        name: 'second'
        properties: {
          ipsecPolicies: [ { dhGroup: 'DHGroup2', ikeEncryption: 'GCMAES256', ikeIntegrity: 'SHA384', ipsecEncryption: 'GCMAES256', ipsecIntegrity: 'GCMAES256', pfsGroup: 'ECP384', saDataSizeKilobytes: 102400000, saLifeTimeSeconds: 27000 } ] // expect: fail weak_ciphers
        }
      }
    ]
  }
}
