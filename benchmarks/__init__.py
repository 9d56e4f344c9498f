"""How fast builds are, by stage, as a whole, and beside other generators: `make bench`."""
