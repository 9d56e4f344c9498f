"""The only code that writes: whole sites, whole archives, one writer at a time."""
