"""Graph → rows: named questions and free SPARQL."""
