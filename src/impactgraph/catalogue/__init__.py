"""The catalogue: a file beside the store that finds, counts and sums thousands of case studies.

The store answers any question of one case study; what a page shows of all of them is gathered here
once for each generation of the store, only what has changed being read again.
"""

from impactgraph.catalogue.building import build_catalogue
from impactgraph.catalogue.entry import Coverage, Entry, enter
from impactgraph.catalogue.locating import locate_catalogue, stamp_of
from impactgraph.catalogue.reading import Catalogue
from impactgraph.catalogue.records import found_record
from impactgraph.catalogue.results import Card, Found, Hit, Totals, Value
from impactgraph.catalogue.selecting import Facet, Order, Selection
from impactgraph.catalogue.words import match_words, split_words

__all__ = [
    "Card",
    "Catalogue",
    "Coverage",
    "Entry",
    "Facet",
    "Found",
    "Hit",
    "Order",
    "Selection",
    "Totals",
    "Value",
    "build_catalogue",
    "enter",
    "found_record",
    "locate_catalogue",
    "match_words",
    "split_words",
    "stamp_of",
]
