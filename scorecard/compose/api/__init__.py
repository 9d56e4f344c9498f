"""The JSON API: its types, from which its schemas are made, and what fills them from scores."""
