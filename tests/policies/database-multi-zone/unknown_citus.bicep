param chosen bool

resource open 'Microsoft.DBforPostgreSQL/serverGroupsv2@2022-11-08' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    enableHa: chosen // expect: unknown ha.multi_zone
  }
}
