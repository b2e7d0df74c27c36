"""Azure: services that others build on, and that are reached by an address and a sign-in of their own."""
