"""Kubernetes: cluster."""
