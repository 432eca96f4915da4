"""The catalogue lists what is there, and nothing else."""

from __future__ import annotations

from rdflib import Graph, URIRef

from impactgraph.resources import case_study_files, data_path
from impactgraph.vocabulary import DCAT, DCTERMS, FOAF, IG, RDF


def test_every_file_has_its_dataset_and_every_dataset_its_file() -> None:
    catalogue = Graph().parse(data_path() / "catalogue.ttl")
    listed = {
        str(title)
        for file in catalogue.subjects(RDF.type, DCAT.Distribution)
        for title in catalogue.objects(file, DCTERMS.title)
    }
    there = {
        path.relative_to(data_path()).as_posix()
        for path in data_path().rglob("*.ttl")
        if path.name != "catalogue.ttl"
    }
    assert listed == there
    assert len(there) == 2
    root = URIRef("https://w3id.org/impactgraph/catalogue")
    datasets = set(catalogue.objects(root, DCAT.dataset))
    assert datasets == set(catalogue.subjects(RDF.type, DCAT.Dataset))
    for dataset in datasets:
        assert (dataset, DCTERMS.license, None) in catalogue
        assert list(catalogue.objects(dataset, DCAT.distribution))


def test_topics_are_the_case_studies() -> None:
    catalogue = Graph().parse(data_path() / "catalogue.ttl")
    topics = {str(topic) for topic in catalogue.objects(None, FOAF.primaryTopic)}
    files = case_study_files()
    encoded = {
        str(case_study)
        for file in files
        for case_study in Graph().parse(file).subjects(RDF.type, IG.CaseStudy)
    }
    assert len(files) == 1
    assert topics == encoded
