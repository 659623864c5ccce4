"""Figures: numbers turned into Plotly figures, each with a sentence and a table; one figure, one file (`registry`)."""
