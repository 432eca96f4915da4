"""What the service says of itself: SPARQL 1.1 Service Description, with VoID statistics."""

from impactgraph_api.description.service import ServiceDescription
from impactgraph_api.description.statements import describe_service
from impactgraph_api.description.statistics import Count, Statistics, StatisticsKeeper

__all__ = ["Count", "ServiceDescription", "Statistics", "StatisticsKeeper", "describe_service"]
