"""The tables that can be downloaded: their columns, described once, their rows, and the files they become."""
