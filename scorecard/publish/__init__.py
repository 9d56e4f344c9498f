"""The only code that writes into the site."""
