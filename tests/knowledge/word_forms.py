"""The invented plan as offices really set it in Word: a header of two rows with figures of three years, one lead's cell
over several rows, row numbers that Word counts itself, signs from the Symbol font, corrections still showing.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.knowledge import invented_plan as plan
from tests.knowledge.readers import hostile

HEADINGS = ("TT", "Chỉ tiêu", "Mục tiêu", "Cơ quan chủ trì", "Thời hạn")
YEARS = ("Năm 2025", "Năm 2026", "Năm 2030")
_SIGNS = {"≥": "F0B3", "≤": "F0A3"}
_LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def run(text: str, font: str = "", properties: str = "") -> str:
    """A run; ≥ and ≤ become signs of the Symbol font, a line break a soft one."""
    fonts = f'<w:rFonts w:ascii="{font}"/>' if font else ""
    inner = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    for sign, code in _SIGNS.items():
        inner = inner.replace(sign, f'</w:t><w:sym w:font="Symbol" w:char="{code}"/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(text: str = "", *, properties: str = "", inner: str = "") -> str:
    """A cell with ``text``, or with the paragraphs ``inner``."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or paragraph(run(text))}</w:tc>"


def row(cells: Iterable[str], properties: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str]) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def plain_table(rows: Iterable[Iterable[str]]) -> str:
    """A table of texts."""
    return table(row(map(cell, texts)) for texts in rows)


def down(*, first: bool) -> str:
    """The mark of a cell merged with those below it: the ``first`` of them, or a later one."""
    return '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"


def across(columns: int) -> str:
    """The mark of a cell over several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def word_file(*blocks: str) -> bytes:
    """A Word file of paragraphs and tables; list 1 numbers 1, 2, 3."""
    numbering = hostile.WORD_XML.replace("w:document", "w:numbering").format(_LIST)
    body = hostile.WORD_XML.format("".join(blocks))
    return hostile.word_package(word__document_xml=body, word__numbering_xml=numbering)


def plan_file() -> bytes:
    """The whole invented plan."""
    lines = [paragraph(run(line)) for line in (*plan.TITLE, *plan.BODY)]
    appendix = [paragraph(run(line)) for line in plan.APPENDIX]
    head, foot = (_pair(plan.HEAD_LEFT, plan.HEAD_RIGHT), _pair(plan.RECEIVERS, plan.SIGNATURE))
    return word_file(head, *lines, foot, *appendix, table(_rows()))


def _pair(left: Iterable[str], right: Iterable[str]) -> str:
    return table([row(cell(inner="".join(paragraph(run(line)) for line in lines)) for lines in (left, right))])


def _rows() -> Iterable[str]:
    own = [cell(text, properties=down(first=True)) for text in HEADINGS]
    yield row([*own[:2], cell(HEADINGS[2], properties=across(3)), *own[3:]])
    below = cell(properties=down(first=False))
    yield row([below, below, *map(cell, YEARS), below, below])
    number = cell(inner='<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>')
    for roman, (group, figures) in zip(plan.ROMAN, plan.GROUPS, strict=True):
        yield row([cell(roman), cell(group, properties=across(6))])
        lead = None
        for figure in figures:
            led = cell(figure.lead if figure.lead != lead else "", properties=down(first=figure.lead != lead))
            lead = figure.lead
            was, later = ("", "") if figure.value is None else ("7%", "100%")
            target, due = cell(inner=_corrected(figure.printed)), cell(figure.due)
            yield row([number, cell(figure.name), cell(was), target, cell(later), led, due])


def _corrected(text: str) -> str:
    """A target with the one that stood there before, struck out."""
    deleted = "<w:del><w:r><w:delText>33</w:delText></w:r></w:del>"
    return paragraph(deleted, f"<w:ins>{run(text)}</w:ins>")
