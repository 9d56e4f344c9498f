"""Tests of scorecard/render."""
