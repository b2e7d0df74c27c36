"""Kubernetes: network."""
