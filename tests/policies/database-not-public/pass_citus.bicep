resource chosen 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    coordinatorEnablePublicIpAccess: false
  }
}
