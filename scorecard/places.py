"""Where the project's own files lie: beside the package, or in it once it is installed."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_SHIPPED = PACKAGE / "shipped"

INSTALLED = _SHIPPED.is_dir()
"""Whether this is an installed package, and no checkout of the project."""
COMMAND = "scorecard" if INSTALLED else "python build.py"
"""How the command is called."""
PROJECT = _SHIPPED if INSTALLED else PACKAGE.parent
"""The folder with what follows; what of it goes into a package stands in pyproject.toml."""
TEMPLATES = PROJECT / "templates"
CATALOGUES = PROJECT / "locale"
STARTER = PROJECT / "starter"
"""The content that a new site begins with."""
STANDARD_RUBRIC = PROJECT / "content" / "rubric.yaml"
"""The method of a content folder that has none of its own; what was measured of it lies beside it."""
CASE_TEMPLATE = PROJECT / "docs" / "case-template.yaml"


def release() -> str:
    """The version of the project, which stands in pyproject.toml and nowhere else."""
    import tomllib  # both take long to import, and few ask
    from importlib.metadata import version

    if INSTALLED:
        return version("customer-service-scorecard")
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return str(told["project"]["version"])


def cache() -> Path:
    """The folder for what is dear to make: in a checkout its own, else the user's."""
    if not INSTALLED:
        return PROJECT / ".cache"
    users = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(users) / "customer-service-scorecard"
