"""Ways in for cases: import of tables."""
