"""The server that a module shares."""

from serving_world import server, site

__all__ = ["server", "site"]
