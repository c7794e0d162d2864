"""Makes this folder a package for pytest: what its conftest.py makes "package"-scoped ends with its last test."""
