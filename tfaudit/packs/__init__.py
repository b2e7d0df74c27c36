"""Other people's rules, run over our resources and judged by our outcomes."""
