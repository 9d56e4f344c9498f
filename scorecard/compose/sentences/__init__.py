"""Sentences about a company or a case that may be quoted, each from the figures and events behind it."""
