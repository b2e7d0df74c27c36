"""The functions of ARM templates and Bicep that look at nothing but their arguments, a module for each sort."""
