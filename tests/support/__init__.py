"""What tests make cases, standards and content folders with."""
