targetScope = 'subscription'

resource wdatp 'Microsoft.Security/settings@2022-05-01' = {
  name: 'WDATP'
  kind: 'DataExportSettings'
  properties: {
    enabled: true
  }
}

resource mcas 'Microsoft.Security/settings@2022-05-01' = {
  name: 'MCAS'
  kind: 'DataExportSettings'
  properties: {
    enabled: true
  }
}
