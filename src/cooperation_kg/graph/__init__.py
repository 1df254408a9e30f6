"""Records → RDF in named graphs, with what follows from them."""
