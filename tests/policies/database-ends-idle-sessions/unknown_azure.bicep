param chosen string

resource mysql 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
  name: 'mysql'
  location: 'westeurope'
  properties: {
    version: '8.4'
  }

  resource programs 'configurations' = {
    name: 'wait_timeout'
    properties: {
      value: '600'
    }
  }

  resource people 'configurations' = {
    name: 'interactive_timeout'
    properties: {
      value: '600'
    }
  }
}

resource postgresql 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'postgresql'
  location: 'westeurope'
  properties: {
    version: '16'
  }

  resource idle 'configurations' = {
    name: 'idle_session_timeout'
    properties: {
      value: chosen // expect: unknown session.idle_minutes
    }
  }
}
