"""Findings add up to tallies; tallies become scores."""
