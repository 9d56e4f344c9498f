"""Ways in for cases: import of tables, issues that become pull requests, and what is said of these."""
