"""What people decide on a case study: acts that are kept as RDF, replayed, and can be undone."""

from impactgraph.curation.acts import (
    LONGEST,
    MOST_ACTS,
    NO_ACTS,
    Act,
    ActKind,
    Decision,
    check_decision,
    digest_acts,
    find_live,
    is_link,
    order_acts,
)
from impactgraph.curation.applying import apply_decision, import_acts, replay_curation
from impactgraph.curation.reading import Curation, KeptAct, read_curation
from impactgraph.curation.recording import (
    LARGEST_FILE,
    curation_graph,
    curator_iri,
    export_acts,
    parse_acts,
)
from impactgraph.curation.replaying import Effect, Replayed, replay

__all__ = [
    "LARGEST_FILE",
    "LONGEST",
    "MOST_ACTS",
    "NO_ACTS",
    "Act",
    "ActKind",
    "Curation",
    "Decision",
    "Effect",
    "KeptAct",
    "Replayed",
    "apply_decision",
    "check_decision",
    "curation_graph",
    "curator_iri",
    "digest_acts",
    "export_acts",
    "find_live",
    "import_acts",
    "is_link",
    "order_acts",
    "parse_acts",
    "read_curation",
    "replay",
    "replay_curation",
]
