"""Content and scores become pages, charts and exports: addresses and data, no HTML."""
