resource account 'Microsoft.Automation/automationAccounts@2023-11-01' = {
  name: 'runbooks'
  location: 'westeurope'
}

resource password 'Microsoft.Automation/automationAccounts/variables@2023-11-01' = {
  parent: account
  name: 'password'
  properties: {
    isEncrypted: false // expect: fail encryption.at_rest
  }
}
