param all bool

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    virtualNetworkSubnetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps'
    siteConfig: {
      vnetRouteAllEnabled: all // expect: unknown network.all_outbound_routed
    }
  }
}
