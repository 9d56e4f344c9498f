"""What is handed to the templates and the tables."""
