param chosen object

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
          livenessProbe: {
            exec: {
              command: [
                'true'
              ]
            }
          }
          readinessProbe: {
            exec: {
              command: [
                'true'
              ]
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
        properties: { // expect: fail probes.readiness
          image: 'registry.example/work:1'
          resources: {
            requests: {
              cpu: 1
              memoryInGB: 1
            }
          }
          livenessProbe: {
            exec: {
              command: [
                'true'
              ]
            }
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
          livenessProbe: {
            exec: {
              command: [
                'true'
              ]
            }
          }
          readinessProbe: chosen // expect: unknown probes.readiness
        }
      }
    ]
  }
}
