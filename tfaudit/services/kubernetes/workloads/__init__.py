"""Kubernetes: workloads."""
