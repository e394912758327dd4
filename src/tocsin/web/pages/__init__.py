"""The addresses of the desk, by subject."""
