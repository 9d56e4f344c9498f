"""The workflows' own commands, run as they are written."""
