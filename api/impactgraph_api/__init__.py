"""The service: SPARQL, JSON and pages over a store of case studies."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impactgraph_api.app import create_app
    from impactgraph_api.listening import listen
    from impactgraph_api.settings import Settings
    from impactgraph_api.tokens import choose_token

__all__ = ["Settings", "choose_token", "create_app", "listen"]

_MODULES = {
    "Settings": "settings",
    "choose_token": "tokens",
    "create_app": "app",
    "listen": "listening",
}


def __getattr__(name: str) -> object:
    """Import what is asked for (PEP 562): the workers' processes need little of it."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
