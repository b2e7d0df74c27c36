"""Servers, by what they show on the network."""
