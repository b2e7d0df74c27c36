targetScope = 'subscription'

resource wdatp 'Microsoft.Security/settings@2022-05-01' = {
  name: 'WDATP'
  kind: 'DataExportSettings'
  properties: {
    enabled: false // expect: fail threat_detection.integrations_off
  }
}

resource mcas 'Microsoft.Security/settings@2022-05-01' = {
  name: 'MCAS'
  kind: 'DataExportSettings'
  properties: {
    enabled: true
  }
}
