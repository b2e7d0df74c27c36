resource zone 'Microsoft.Network/dnsZones@2018-05-01' = { // expect: fail signed
  name: 'shop.example.org'
  location: 'global'
}
