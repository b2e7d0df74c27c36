resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: 'shop.example.org'
  location: 'global'
}

resource signing 'Microsoft.Network/dnsZones/dnssecConfigs@2023-07-01-preview' = {
  parent: zone
  name: 'default'
}
