"""Small XLSX workbooks for tests, written part by part, so that each part can be what it must not."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_START = datetime(1899, 12, 30)

Cell = str | int | float | bool | date | datetime | None


def write_workbook(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Cell]]],
    *,
    merged: str = "",
    parts: dict[str, bytes] | None = None,
) -> Path:
    """A workbook of `sheets`, in each the cells of `merged` merged; `parts` are added or replace."""
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    merge = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="{name}"/>'
        for number, (title, name) in enumerate(zip(sheets, names, strict=True), start=1)
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{_LINKS}/worksheet" Target="worksheets/{name}.xml"/>'
        for name in names
    )
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="styles" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    }
    for name, rows in zip(names, sheets.values(), strict=True):
        body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        written[f"xl/worksheets/{name}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{merge}</worksheet>'
        )
    contents = {name: text.encode() for name, text in written.items()} | (parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, datetime):
        return f'<c s="2"><v>{(value - _START).total_seconds() / 86400!r}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{(datetime(value.year, value.month, value.day) - _START).days}</v></c>'
    return f"<c><v>{value}</v></c>"
