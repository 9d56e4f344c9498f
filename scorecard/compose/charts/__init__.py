"""What charts say: one set of numbers behind each picture, table, CSV and Plotly figure."""
