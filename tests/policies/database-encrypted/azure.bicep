param chosen string

resource sound 'Microsoft.Sql/servers/databases@2023-08-01' = {
  name: 'ledger/sound'
  location: 'westeurope'
  sku: {
    name: 'DW100c'
  }
}

resource soundEncryption 'Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01' = {
  parent: sound
  name: 'current'
  properties: {
    state: 'Enabled'
  }
}

resource faulty 'Microsoft.Sql/servers/databases@2023-08-01' = {
  name: 'ledger/faulty'
  location: 'westeurope'
  sku: {
    name: 'DW100c'
  }
}

resource faultyEncryption 'Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01' = {
  parent: faulty
  name: 'current'
  properties: {
    state: 'Disabled' // expect: fail encryption.at_rest
  }
}

resource open 'Microsoft.Sql/servers/databases@2023-08-01' = {
  name: 'ledger/open'
  location: 'westeurope'
  sku: {
    name: 'DW100c'
  }
}

resource openEncryption 'Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01' = {
  parent: open
  name: 'current'
  properties: {
    state: chosen // expect: unknown encryption.at_rest
  }
}
