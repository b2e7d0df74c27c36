targetScope = 'subscription'

param on bool

resource wdatp 'Microsoft.Security/settings@2022-05-01' = { // expect: unknown threat_detection.integrations_off
  name: 'WDATP'
  kind: 'DataExportSettings'
  properties: {
    enabled: on
  }
}

resource mcas 'Microsoft.Security/settings@2022-05-01' = {
  name: 'MCAS'
  kind: 'DataExportSettings'
  properties: {
    enabled: true
  }
}
