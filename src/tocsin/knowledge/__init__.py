"""Knowledge that people edit: loaders of ``tocsin/data`` into typed objects, and their checks."""
