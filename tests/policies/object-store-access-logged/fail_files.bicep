resource orders 'Microsoft.Storage/storageAccounts@2023-05-01' = { // expect: fail access_logged
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }

  resource files 'fileServices' = {
    name: 'default'
  }
}

// What is sent of its files says nothing of its objects.
resource sent 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'files'
  scope: orders::files
  properties: {
    workspaceId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit'
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}
