param chosen bool

resource sound 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    osType: 'Linux'
    containers: [
      {
        name: 'work'
        properties: {
          image: 'registry.example/work:1'
          resources: {
            requests: {
              cpu: 1
              memoryInGB: 1
            }
          }
        }
      }
    ]
  }
}

resource faulty 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    osType: 'Linux'
    containers: [
      {
        name: 'work'
        properties: {
          image: 'registry.example/work:1'
          resources: {
            requests: {
              cpu: 1
              memoryInGB: 1
            }
          }
          securityContext: {
            privileged: true // expect: fail privileged
          }
        }
      }
    ]
  }
}

resource open 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    osType: 'Linux'
    containers: [
      {
        name: 'work'
        properties: {
          image: 'registry.example/work:1'
          resources: {
            requests: {
              cpu: 1
              memoryInGB: 1
            }
          }
          securityContext: {
            privileged: chosen // expect: unknown privileged
          }
        }
      }
    ]
  }
}
