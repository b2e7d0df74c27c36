param chosen string

resource domain 'Microsoft.Cdn/profiles/customDomains@2024-09-01' = {
  name: 'edge/shop-example'
  properties: {
    hostName: 'shop.example.org'
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: chosen } // expect: unknown tls.min_version
  }
}
