param chosen bool

resource open 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    coordinatorEnablePublicIpAccess: chosen // expect: unknown network.public
  }
}
