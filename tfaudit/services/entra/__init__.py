"""Microsoft Entra ID, which holds the identities of Azure."""
