"""Kubernetes API objects, the same from manifests and from a cluster, as assets."""
