"""YAML text to content, or to problems: never half of each."""
