resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    virtualNetworkSubnetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps'
    siteConfig: {
      vnetRouteAllEnabled: false // expect: fail network.all_outbound_routed
    }
  }
}

resource other 'Microsoft.Web/sites@2025-03-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    virtualNetworkSubnetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps'
    outboundVnetRouting: {
      imagePullTraffic: true
      applicationTraffic: false // expect: fail network.all_outbound_routed
    }
  }
}
