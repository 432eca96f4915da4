"""`python -m impactgraph` is the command `impactgraph`."""

from impactgraph.cli import main

if __name__ == "__main__":
    main()
