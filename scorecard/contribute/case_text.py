"""A case or company as the text of its file: the same values always give the same text."""

from __future__ import annotations

import re
from typing import Any

import yaml

_CASE = "# yaml-language-server: $schema=../../../schema/case.schema.json\n"
_COMPANY = "# yaml-language-server: $schema=../../schema/company.schema.json\n"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class _Dumper(yaml.SafeDumper):
    """Quotes what another reader could take for a number or a truth, and leaves dates plain."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand two columns in, as people write them."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Equal values are written out, never shared."""
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(rf"^(?:{_NUMBER.pattern})$"), list("-+.0123456789")
)


def case_text(case: dict[str, Any]) -> str:
    """The file of a case, given as nested text: one line an event."""
    return _CASE + _yaml(case)


def company_text(company: dict[str, Any]) -> str:
    """The file of a company, given as text under its keys."""
    return _COMPANY + _yaml(company, flow=False)


def _yaml(value: dict[str, Any], flow: bool | None = None) -> str:
    text: str = yaml.dump(
        _typed(value),
        Dumper=_Dumper,
        default_flow_style=flow,
        sort_keys=False,
        allow_unicode=True,
        width=1_000_000,
    )
    return text


def _typed(value: Any) -> Any:
    """`true` and `false` as what they are, so that they stand without quotes."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return {"true": True, "false": False}.get(value, value)
