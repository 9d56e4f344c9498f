"""Reading: what a contributor writes is understood as meant, or refused with its place."""
