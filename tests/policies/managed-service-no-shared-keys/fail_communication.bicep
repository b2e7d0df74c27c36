resource messages 'Microsoft.Communication/communicationServices@2025-05-01' = { // expect: fail shared_key_access
  name: 'messages'
  location: 'global'
  properties: { dataLocation: 'Europe' }
}
