"""Benchmarks: tfaudit against the other tool, each pair measured in the same run."""
