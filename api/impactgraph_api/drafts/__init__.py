"""Drafts: documents that somebody sent to look at, kept in memory for a while and nowhere else."""

from impactgraph_api.drafts.draft import Draft, Unsure, make_draft
from impactgraph_api.drafts.keeping import Drafts
from impactgraph_api.drafts.privacy import HideDrafts, PrivateDrafts, hide_drafts
from impactgraph_api.drafts.uploads import Upload, take_upload

__all__ = [
    "Draft",
    "Drafts",
    "HideDrafts",
    "PrivateDrafts",
    "Unsure",
    "Upload",
    "hide_drafts",
    "make_draft",
    "take_upload",
]
