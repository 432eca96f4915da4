"""Parts: what each agent is known to have done in the research, or for it.

That nothing is known of an agent's part shows no independence: the document may leave it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from impactgraph.graph import CaseGraph, Kind, model_of, node_of, nodes_of
from impactgraph.model import Anchor, CaseStudy, Role, RoleType

__all__ = ["Part", "find_parts", "find_workplaces"]

_WORDS = {
    RoleType.AUTHOR: "author of",
    RoleType.STAFF: "on the staff of",
    RoleType.INVESTIGATOR: "investigator of",
    RoleType.DELIVERER: "deliverer of",
    RoleType.FUNDER: "funder of",
    RoleType.PARTNER: "partner in",
    RoleType.CO_PRODUCER: "co-producer in",
    RoleType.COLLABORATOR: "collaborator in",
}
"""The roles that are a part in the research. Vouching, deciding and benefiting are none."""

_ROLE_ORDER = {role_type: position for position, role_type in enumerate(RoleType)}
_GRANT = "a grant of the research"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part in the research: a role in something that belongs to the research.

    `words` are those of the role's own label, where it reads "name, what they did", else its type
    and what it is in. `role_type` is None for holding a grant and for submitting the case study.
    `through` names the organisation that has the part, where it is counted for a person who works
    there.
    """

    words: str
    role_in: str
    role_type: RoleType | None = None
    post: str | None = None
    through: str | None = None
    anchors: tuple[Anchor, ...] = ()


def find_parts(graph: CaseGraph) -> Mapping[str, tuple[Part, ...]]:
    """Return for the IRI of each agent its own parts in the research, each once.

    These are its roles in the research, in a project that the research comprises or a grant funds,
    in a grant, a finding, an output or a pathway; what it wrote; the grants that it gave or
    holds; and that it submits the case study. A grant is by definition one of the research;
    whoever funded another project has no part for that.

    Args:
        graph: a case study's graph.
    """
    model = model_of(graph)
    found: dict[str, dict[str, Part]] = defaultdict(dict)
    for agent, part in (*_list_roles(graph, model), *_list_works(graph, model)):
        found[agent].setdefault(part.words, part)
    return {agent: tuple(parts.values()) for agent, parts in found.items()}


def find_workplaces(graph: CaseGraph) -> Mapping[str, tuple[str, ...]]:
    """Return for the IRI of each agent those of the organisations at which it works.

    Args:
        graph: a case study's graph.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for role in model_of(graph).roles:
        if role.organisation is not None and role.organisation != role.agent:
            found[role.agent].add(role.organisation)
    return {agent: tuple(sorted(places)) for agent, places in found.items()}


def _list_roles(graph: CaseGraph, model: CaseStudy) -> Iterator[tuple[str, Part]]:
    things, names = _name_things(graph, model), _name_agents(model)
    for role in sorted(model.roles, key=lambda role: (_ROLE_ORDER[role.role_type], role.iri)):
        if role.role_type in _WORDS and role.role_in in things:
            part = Part(
                words=_read_label(role, names.get(role.agent, ()))
                or f"{_WORDS[role.role_type]} {things[role.role_in]}",
                role_in=role.role_in,
                role_type=role.role_type,
                post=role.post,
                anchors=role.anchors,
            )
            yield role.agent, part


def _name_agents(model: CaseStudy) -> Mapping[str, tuple[str, ...]]:
    """Return what each agent goes by: also without what is in brackets after its name."""
    labels = {person.iri: person.label for person in model.people}
    labels |= {group.iri: group.label for group in model.groups}
    names: dict[str, tuple[str, ...]] = {
        iri: (label, label.partition(" (")[0]) for iri, label in labels.items()
    }
    for organisation in model.reference.organisations:
        names[organisation.iri] = (organisation.label, *organisation.alternative_labels)
    return names


def _read_label(role: Role, names: Iterable[str]) -> str | None:
    """Return what a role's label says after the agent's name and a comma, if it reads like that."""
    said = (role.label.removeprefix(f"{name}, ") for name in names)
    return next((words for words in said if words and words != role.label), None)


def _list_works(graph: CaseGraph, model: CaseStudy) -> Iterator[tuple[str, Part]]:
    """Yield the parts of authors, funders, holders of grants and the submitting institution."""
    written = {(authorship.agent, authorship.output) for authorship in model.authorships}
    written |= {(creator, output.iri) for output in model.outputs for creator in output.creators}
    for agent, output in sorted(written):
        if output in graph:
            words = f"{_WORDS[RoleType.AUTHOR]} {node_of(graph, output).name}"
            yield agent, Part(words=words, role_in=output, role_type=RoleType.AUTHOR)
    for grant in sorted(model.grants, key=lambda grant: grant.iri):
        if grant.funder is not None:
            part = Part(
                words=f"{_WORDS[RoleType.FUNDER]} the research",
                role_in=grant.iri,
                role_type=RoleType.FUNDER,
                anchors=grant.anchors,
            )
            yield grant.funder, part
        if grant.awarded_to is not None:
            words = f"holder of {_GRANT}"
            yield grant.awarded_to, Part(words=words, role_in=grant.iri, anchors=grant.anchors)
    if model.submitted_by is not None:
        yield model.submitted_by, Part(words="submitting institution", role_in=model.iri)


def _name_things(graph: CaseGraph, model: CaseStudy) -> Mapping[str, str]:
    """Return what belongs to the research, each with its name in a sentence."""
    projects = {iri for research in model.research for iri in research.comprises}
    projects |= {iri for grant in model.grants for iri in grant.funds}
    things = {research.iri: "the research" for research in model.research}
    things |= {grant.iri: _GRANT for grant in model.grants}
    for project in model.projects:
        if project.iri in projects:
            things[project.iri] = f"the project {project.label}"
    for node in nodes_of(graph, Kind.FINDING, Kind.OUTPUT, Kind.PATHWAY):
        things[node.iri] = node.name
    return things
