"""Pages become text: HTML, SVG, feeds."""
