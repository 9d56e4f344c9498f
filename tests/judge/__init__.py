"""Judging: what each rule answers to a timeline, worked out by hand."""
