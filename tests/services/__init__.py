"""Tests of tfaudit.services."""
