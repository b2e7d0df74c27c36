"""Terraform's functions, one module for each sort of them; `table` finds them by name.

After developer.hashicorp.com/terraform/language/functions and go-cty's source. Nothing here asks the clock or the
network; files are read by `files` alone, inside the scanned tree.
"""
