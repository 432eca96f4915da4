"""What pages and notebooks show: values, a layout, and the network that draws them."""

from impactgraph.views.case_study import node_key, view_case_study
from impactgraph.views.layout import Layout, lay_out
from impactgraph.views.network import build_network, render_network, vis_network_folder
from impactgraph.views.overview import open_case_study, read_overview
from impactgraph.views.values import CaseStudySummary, CaseStudyView, NodeView

__all__ = [
    "CaseStudySummary",
    "CaseStudyView",
    "Layout",
    "NodeView",
    "build_network",
    "lay_out",
    "node_key",
    "open_case_study",
    "read_overview",
    "render_network",
    "view_case_study",
    "vis_network_folder",
]
