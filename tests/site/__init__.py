"""The site as its readers get it."""
