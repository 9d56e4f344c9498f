"""Where the project's own files lie: beside the package, or in it once it is installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"

INSTALLED = _SHIPPED.is_dir()
"""Whether this is an installed package, and no checkout of the project."""
PROJECT = _SHIPPED if INSTALLED else _PACKAGE.parent
"""The folder with `templates/`, `locale/`, `docs/` and the standard method in `content/`."""
TEMPLATES = PROJECT / "templates"
CATALOGUES = PROJECT / "locale"
STANDARD_RUBRIC = PROJECT / "content" / "rubric.yaml"
"""The method of a content folder that has none of its own; what was measured of it lies beside it."""
CASE_TEMPLATE = PROJECT / "docs" / "case-template.yaml"
