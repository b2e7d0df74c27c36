resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: 'IPsec'
    ipsecPolicies: [
      { dhGroup: 'ECP384', ikeEncryption: 'GCMAES256', ikeIntegrity: 'SHA384', ipsecEncryption: 'GCMAES256', ipsecIntegrity: 'GCMAES256', pfsGroup: 'ECP384' }
    ]
  }
}
