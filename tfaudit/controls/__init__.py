"""Controls: the frameworks' catalogues, and what policies cover of them."""
