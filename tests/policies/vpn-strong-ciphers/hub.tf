resource "azurerm_vpn_gateway_connection" "office" {
  name               = "office"
  vpn_gateway_id     = azurerm_vpn_gateway.hub.id
  remote_vpn_site_id = azurerm_vpn_site.office.id

  vpn_link {
    name             = "first"
    vpn_site_link_id = azurerm_vpn_site.office.link[0].id

    ipsec_policy {
      dh_group                 = "ECP384"
      ike_encryption_algorithm = "GCMAES256"
      ike_integrity_algorithm  = "SHA384"
      encryption_algorithm     = "GCMAES256"
      integrity_algorithm      = "GCMAES256"
      pfs_group                = "ECP384"
      sa_data_size_kb          = 102400000
      sa_lifetime_sec          = 27000
    }
  }

  vpn_link {
    name             = "second"
    vpn_site_link_id = azurerm_vpn_site.office.link[1].id

    ipsec_policy { # expect: fail weak_ciphers
      dh_group                 = "DHGroup2"
      ike_encryption_algorithm = "AES256"
      ike_integrity_algorithm  = "SHA384"
      encryption_algorithm     = "GCMAES256"
      integrity_algorithm      = "GCMAES256"
      pfs_group                = "ECP384"
      sa_data_size_kb          = 102400000
      sa_lifetime_sec          = 27000
    }
  }

  vpn_link { # expect: fail weak_ciphers
    name             = "third"
    vpn_site_link_id = azurerm_vpn_site.office.link[2].id
  }
}
