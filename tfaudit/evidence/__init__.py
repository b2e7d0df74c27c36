"""Evidence bundles: what an auditor takes away, written and verified offline."""
