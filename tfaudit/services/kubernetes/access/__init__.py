"""Kubernetes: access."""
