"""Tests that look at the built pages in a real browser."""
