"""What the service tells a monitoring system: counts and durations in the Prometheus format."""

from impactgraph_api.metrics.meter import RequestMeter
from impactgraph_api.metrics.page import Monitored, router

__all__ = ["Monitored", "RequestMeter", "router"]
