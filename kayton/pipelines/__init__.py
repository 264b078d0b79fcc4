"""Pipelines: which passes run in which order (TOML), and the manager that runs them."""
