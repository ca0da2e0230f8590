"""Our Datasette plugin: what cells look like, what the pages show, and what keeps readers and the server safe.

Datasette finds the hooks by their names in this module.
"""

from __future__ import annotations

from jobscraper.publish.site.pages.error.handler import handle_exception
from jobscraper.publish.site.plugin.connection import prepare_connection
from jobscraper.publish.site.plugin.environment import extra_template_vars, prepare_jinja2_environment
from jobscraper.publish.site.plugin.routes import register_routes
from jobscraper.publish.site.plugin.safety import asgi_wrapper
from jobscraper.publish.site.shared.cells import render_cell

__all__ = [
    "asgi_wrapper",
    "extra_template_vars",
    "handle_exception",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
