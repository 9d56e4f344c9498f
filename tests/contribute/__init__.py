"""Ways in for cases, and what a contributor would miss if they broke."""
