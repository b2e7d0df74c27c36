param chosen bool

resource account 'Microsoft.Automation/automationAccounts@2023-11-01' = {
  name: 'runbooks'
  location: 'westeurope'
}

resource password 'Microsoft.Automation/automationAccounts/variables@2023-11-01' = {
  parent: account
  name: 'password'
  properties: {
    isEncrypted: chosen // expect: unknown encryption.at_rest
  }
}
