resource chosen 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    enableHa: false // expect: fail ha.multi_zone
  }
}

resource silent 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'silent'
  location: 'westeurope'
  properties: {} // expect: fail ha.multi_zone
}
