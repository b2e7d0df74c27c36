resource chosen 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    coordinatorEnablePublicIpAccess: true // expect: fail network.public
  }
}

resource silent 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'silent'
  location: 'westeurope'
  properties: {} // expect: fail network.public
}
