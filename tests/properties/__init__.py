"""The relations of the method that must always hold, on cases that nobody thought of."""
