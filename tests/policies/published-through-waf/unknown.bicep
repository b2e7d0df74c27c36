param filtered bool
resource r0 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'n'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
    subnets: [
      {
        name: 's'
        properties: {
          addressPrefix: '10.0.1.0/24'
        }
      }
      {
        name: 'front'
        properties: {
          addressPrefix: '10.0.2.0/24'
        }
      }
    ]
  }
}
resource r1 'Microsoft.Network/publicIPAddresses@2024-01-01' = {
  name: 'p'
  sku: {
    name: 'Standard'
  }
  properties: {
  }
}
resource r2 'Microsoft.Network/networkInterfaces@2024-01-01' = {
  name: 'i'
  properties: {
    ipConfigurations: [
      {
        name: 'c'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 's')
          }
          privateIPAllocationMethod: 'Static'
          privateIPAddress: '10.0.1.4'
          applicationGatewayBackendAddressPools: [
            {
              id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'vms')
            }
          ]
        }
      }
    ]
  }
}
resource r3 'Microsoft.Compute/virtualMachines@2024-01-01' = {
  name: 'm'
  properties: {
    networkProfile: {
      networkInterfaces: [
        {
          id: r2.id
        }
      ]
    }
  }
}
resource r4 'Microsoft.Network/applicationGateways@2024-01-01' = {
  name: 'gw'
  properties: {
    sku: {
      name: 'WAF_v2'
      tier: 'WAF_v2'
    }
    webApplicationFirewallConfiguration: {
      enabled: filtered
      firewallMode: 'Prevention'
      ruleSetType: 'OWASP'
      ruleSetVersion: '3.2'
    }
    gatewayIPConfigurations: [
      {
        name: 'c'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 'front')
          }
        }
      }
    ]
    frontendIPConfigurations: [
      {
        name: 'out'
        properties: {
          publicIPAddress: {
            id: r1.id
          }
        }
      }
    ]
    frontendPorts: [
      {
        name: 'https'
        properties: {
          port: 443
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'vms'
        properties: {
        }
      }
    ]
    backendHttpSettingsCollection: [
      {
        name: 'h'
        properties: {
          port: 8080
          protocol: 'Http'
        }
      }
    ]
    httpListeners: [
      {
        name: 'l'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', 'gw', 'out')
          }
          frontendPort: {
            id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'gw', 'https')
          }
          protocol: 'Https'
        }
      }
    ]
    requestRoutingRules: [
      {
        name: 'r'
        properties: {
          ruleType: 'PathBasedRouting'
          httpListener: {
            id: resourceId('Microsoft.Network/applicationGateways/httpListeners', 'gw', 'l')
          }
          urlPathMap: {
            id: resourceId('Microsoft.Network/applicationGateways/urlPathMaps', 'gw', 'm')
          }
        }
      }
    ]
    urlPathMaps: [
      { // expect: unknown network.published_unfiltered
        name: 'm'
        properties: {
          defaultBackendAddressPool: {
            id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'vms')
          }
          defaultBackendHttpSettings: {
            id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', 'gw', 'h')
          }
        }
      }
    ]
  }
}
