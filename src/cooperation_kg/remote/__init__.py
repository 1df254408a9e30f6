"""The graph on somebody else's server: pushed by difference, asked over the SPARQL 1.1 Protocol."""
