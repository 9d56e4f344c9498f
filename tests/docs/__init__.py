"""The documents: what they show works, and what they name is there."""
