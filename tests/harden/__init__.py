"""What strangers write, what machines do, and what must stand against both.

`make test` runs a short round of each, `make harden` as many as the figures in SECURITY.md are of.
"""
