param chosen object

resource sound 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/diskEncryptionSets/own' }
  }
}

resource faulty 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'faulty'
  location: 'westeurope'
  properties: { // expect: fail encryption.customer_managed_key
    encryption: { type: 'EncryptionAtRestWithPlatformKey' }
  }
}

resource open 'Microsoft.Compute/disks@2024-03-02' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    encryption: chosen // expect: unknown encryption.customer_managed_key
  }
}
