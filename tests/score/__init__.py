"""Scoring: from judged cases to companies, worked out by hand or by another's program."""
