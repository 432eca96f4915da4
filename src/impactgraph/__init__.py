"""From a REF impact case study to a knowledge graph of how research became impact."""
