"""The invented plan as a Word file, as a PDF with text, and as a noisy, tilted scan at 300 dpi.

    .venv/bin/python -m tests.knowledge.plan_documents FOLDER

writes ``plan.docx``, ``plan.pdf``, ``plan.scan.pdf`` and the truth ``plan.json`` (in the form of the gold
files).
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from docx import Document
from docx.enum.text import WD_BREAK
from PIL import Image, ImageFilter

from tests.knowledge import invented_plan as plan

FONT_FOLDERS = (Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/truetype/liberation"))
SCAN_DPI = 300


def word_file() -> bytes:
    """The plan as Word saves it: head and signature in borderless tables, the appendix in a ruled one."""
    document = Document()
    _side_by_side(document, plan.HEAD_LEFT, plan.HEAD_RIGHT)
    for line in (*plan.TITLE, *plan.BODY):
        document.add_paragraph(line)
    _side_by_side(document, plan.RECEIVERS, plan.SIGNATURE)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for line in plan.APPENDIX:
        document.add_paragraph(line)
    rows = plan.appendix_rows()
    table = document.add_table(rows=len(rows), cols=len(plan.COLUMNS), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
        if not texts[2]:
            row.cells[1].merge(row.cells[-1])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _side_by_side(document: Any, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


# What of the appendix's table is drawn; reportlab's commands, for cells (column, row), -1 the last.
RULINGS: Mapping[str, tuple[tuple[Any, ...], ...]] = {
    "all": (("GRID", (0, 0), (-1, -1), 0.75, "black"),),
    "level": (("LINEABOVE", (0, 0), (-1, -1), 0.75, "black"), ("LINEBELOW", (0, -1), (-1, -1), 0.75, "black")),
    "upright": (("BOX", (0, 0), (-1, -1), 0.75, "black"), ("INNERGRID", (0, 0), (-1, 0), 0.75, "black"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.75, "black"), ("LINEAFTER", (0, 0), (-1, -1), 0.75, "black")),
    "framed": (("BOX", (0, 0), (-1, -1), 0.75, "black"), ("LINEBELOW", (0, 0), (-1, -1), 0.75, "black")),
    "first column": (("BOX", (0, 0), (-1, -1), 0.75, "black"), ("LINEBELOW", (0, 0), (-1, -1), 0.75, "black"),
                     ("LINEAFTER", (0, 0), (0, -1), 0.75, "black")),
    "head": (("LINEABOVE", (0, 0), (-1, 0), 0.75, "black"), ("LINEBELOW", (0, 0), (-1, 0), 0.75, "black")),
    "shaded": (("ROWBACKGROUNDS", (0, 0), (-1, -1), ("white", "lightgrey")),),
    "none": (),
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How the appendix's table is printed: a key of RULINGS, where the words of a cell stand in it ("MIDDLE": a name of
    two lines has its number half way between them), the points of air above and below them, and how its page lies:
    "upright", "wide" (landscape), "sideways" (the table turned on an upright page), "turned" (as sideways, but the file
    says that the page is to be shown turned).
    """

    ruling: str = "all"
    stand: str = "MIDDLE"
    air: float = 3
    lies: str = "upright"


def text_pdf(look: Look = Look()) -> bytes:
    """The plan as an office program exports it to PDF. Raises FileNotFoundError where no font has
    Vietnamese letters.
    """
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        NextPageTemplate,
        PageBreak,
        PageTemplate,
        Paragraph,
        Spacer,
        Table,
    )

    folder = font_folder()
    if folder is None:
        raise FileNotFoundError("fonts-liberation2: `make services` brings it")
    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Serif-{face}", folder / f"LiberationSerif-{face}.ttf"))
    body = ParagraphStyle("body", fontName="Serif-Regular", fontSize=13.5, leading=18, spaceAfter=6, alignment=4)
    bold = ParagraphStyle("bold", parent=body, fontName="Serif-Bold", alignment=1)
    cell = ParagraphStyle("cell", parent=body, fontSize=12, leading=14.5, spaceAfter=0, alignment=0)
    head = ParagraphStyle("head", parent=cell, fontName="Serif-Bold", alignment=1)

    def pair(left: tuple[str, ...], right: tuple[str, ...]) -> Table:
        texts = [["<br/>".join(left), "<br/>".join(right)]]
        style = ParagraphStyle("pair", parent=head, leading=17)
        return Table([[Paragraph(text, style) for text in texts[0]]], colWidths=[68 * mm, 100 * mm])

    rows = []
    for index, texts in enumerate(plan.appendix_rows()):
        group = index > 0 and not texts[2]
        rows.append([Paragraph(text, head if index == 0 or group else cell) for text in texts])
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), look.stand), *RULINGS[look.ruling]]
    style += [(f"{side}PADDING", (0, 0), (-1, -1), look.air) for side in ("TOP", "BOTTOM")]
    wide = 1 if look.lies == "upright" else 1.4
    story = [
        pair(plan.HEAD_LEFT, plan.HEAD_RIGHT),
        Spacer(1, 8 * mm),
        *(Paragraph(line, bold) for line in plan.TITLE),
        *(Paragraph(line, body) for line in plan.BODY),
        pair(plan.RECEIVERS, plan.SIGNATURE),
        NextPageTemplate("appendix"),
        PageBreak(),
        *(Paragraph(line, bold) for line in plan.APPENDIX),
        Table(rows, colWidths=[w * wide * mm for w in (12, 74, 26, 36, 24)], style=style, repeatRows=0),
    ]

    def frame(size: tuple[float, float]) -> Frame:
        return Frame(25 * mm, 20 * mm, size[0] - 40 * mm, size[1] - 40 * mm, 6, 6, 6, 6)

    def turn(canvas: Any, _: Any) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)

    buffer = io.BytesIO()
    paper = landscape(A4) if look.lies == "wide" else A4
    table_frame = frame(A4 if look.lies == "upright" else landscape(A4))
    appendix = PageTemplate("appendix", [table_frame], pagesize=paper)
    if look.lies in ("sideways", "turned"):
        appendix.onPage = turn
    appendix.rotation = 90 if look.lies == "turned" else 0
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates([PageTemplate("body", [frame(A4)], pagesize=A4), appendix])
    document.build(story)
    return buffer.getvalue()


def scan_pdf(pdf: bytes, *, tilt: float = 0.6, noise: float = 18.0, blur: float = 0.7, repeat: int = 1) -> bytes:
    """Every page of ``pdf`` as an office scanner gives it: grey, tilted by ``tilt`` degrees, noisy, JPEG;
    no text.
    """
    pages = [
        scan_page(page, tilt=tilt * (1 if index % 2 else -1), noise=noise, blur=blur, seed=index)
        for index, page in enumerate(page_pictures(pdf) * repeat)
    ]
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=SCAN_DPI, quality=75)
    return buffer.getvalue()


def scan_page(page: Image.Image, *, tilt: float, noise: float, blur: float, seed: int) -> Image.Image:
    """One page through the scanner; the same ``seed`` gives the same noise."""
    page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
    grain = np.random.default_rng(seed).normal(0, noise, (page.height, page.width))
    paper = np.asarray(page, dtype=np.float32) * (210 / 255) + 25 + grain
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))


def photo(page: Image.Image, *, turn: int = 0, tilt: float = 0.0, keystone: float = 0.0, margin: float = 0.06) -> bytes:
    """A JPEG of ``page`` lying on a dark table, as a phone takes it.

    ``turn`` is in degrees, a multiple of 90; ``tilt`` in degrees, counter-clockwise; ``keystone`` is the share of its
    width that the far edge of the sheet lost; ``margin`` the share of the picture's width that is table, at each side.
    Light falls from one corner.
    """
    width, height = page.size
    edge_x, edge_y = round(width * margin), round(height * margin)
    lost = width * keystone / 2
    size = (width + 2 * edge_x, height + 2 * edge_y)
    corners = [(edge_x + lost, edge_y), (size[0] - edge_x - lost, edge_y + height * keystone / 4)]
    corners += [(size[0] - edge_x, size[1] - edge_y), (edge_x, size[1] - edge_y)]
    sheet_corners = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, sheet_corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    lens = tuple(np.linalg.solve(np.array(rows), np.array(wanted)).tolist())
    table = 70
    sheet = page.transform(size, Image.Transform.PERSPECTIVE, lens, Image.Resampling.BICUBIC, fillcolor=table)
    sheet = sheet.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=table).rotate(turn, expand=True)
    light = np.linspace(0.7, 1.0, sheet.width)[None, :] * np.linspace(0.85, 1.0, sheet.height)[:, None]
    grain = np.random.default_rng(turn).normal(0, 5, (sheet.height, sheet.width))
    seen = np.clip(np.asarray(sheet.filter(ImageFilter.GaussianBlur(0.8))) * 0.9 * light + grain, 0, 255)
    buffer = io.BytesIO()
    Image.fromarray(seen.astype(np.uint8)).convert("RGB").save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def page_pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF as clean grey pictures at scanning resolution."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def font_folder() -> Path | None:
    """Where the system keeps a serif font with Vietnamese letters, or None."""
    return next((folder for folder in FONT_FOLDERS if (folder / "LiberationSerif-Regular.ttf").exists()), None)


def write(folder: Path) -> None:
    """All four files into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = text_pdf()
    (folder / "plan.docx").write_bytes(word_file())
    (folder / "plan.pdf").write_bytes(pdf)
    (folder / "plan.scan.pdf").write_bytes(scan_pdf(pdf))
    (folder / "plan.json").write_text(json.dumps(plan.truth(), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
