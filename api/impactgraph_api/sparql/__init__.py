"""`/sparql`: the SPARQL 1.1 Protocol, and a form for people."""
