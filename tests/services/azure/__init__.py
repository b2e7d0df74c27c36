"""Tests of the Azure services."""
