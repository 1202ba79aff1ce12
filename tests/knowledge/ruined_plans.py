"""Whole invented plans whose appendix table is laid out in many ways: as PDF, as scans, and as the ruined text that
Tesseract's English model makes of the scans.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.knowledge.plan_documents import page_pictures, scan_page
from tests.knowledge.ruined_rows import COMMUNE, COUNTS, DONE, FIELDS, GROUPS, HELPERS, PROVINCE, RATES, WARD

DUES = ("Quý II/2026", "Quý III/2026", "Quý IV/2026", "Tháng 6/2026", "Tháng 11/2026", "Thường xuyên")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
FONTS = {
    "liberation": ("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
                   "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"),
    "dejavu": ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
               "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How one plan's table is printed. ``columns`` are (what, header, millimetres)."""

    name: str
    place: str  # "xã Đá Bàn"
    columns: tuple[tuple[str, str, float], ...]
    rows: int
    size: float = 12
    wide: bool = False
    groups: str = "roman"  # "roman", "letters", "plain", "none"
    restarts: bool = False  # numbers begin anew in each group
    dotted: bool = False  # 1.1, 1.2, 2.1
    stated: str = ""  # the target stands in the name: "first" ("100% ...") or "last" ("... đạt 100%")
    stand: str = "MIDDLE"
    font: str = "liberation"
    partners: int = 1  # leads of some rows
    signs: bool = True  # ≥ and "Trên" before some figures
    title: str = "CHỈ TIÊU CHUYỂN ĐỔI SỐ NĂM 2026"
    dpi: int = 300
    tilt: float = 0.4
    noise: float = 15.0
    seed: int = 1


@dataclass(frozen=True)
class Row:
    """One row as printed (by column) and its truth."""

    cells: dict[str, str]
    truth: dict[str, Any]
    group: str


def _units(layout: Layout) -> dict[str, str]:
    level = layout.place.split()[0]
    return dict({"xã": COMMUNE, "phường": WARD, "tỉnh": PROVINCE}[level])


def rows_of(layout: Layout) -> list[Row]:
    """The rows of a layout's table, in order; the same layout always has the same."""
    chance = random.Random(layout.seed)
    level = layout.place.split()[0]
    units = _units(layout)
    what = [key for key, _, _ in layout.columns]
    pool: list[tuple[str, str, str]] = [(field, name, "%") for field, name in RATES]
    pool += [] if layout.stated else list(COUNTS)
    pool += [(field, name, "done") for field, name in DONE]
    chosen = sorted(chance.sample(range(len(pool)), min(layout.rows, len(pool))))
    picked = sorted((pool[at] for at in chosen), key=lambda one: FIELDS.index(one[0]) if layout.groups != "none" else 0)
    if layout.groups == "none":
        chance.shuffle(picked)
    found: list[Row] = []
    number, group_number, inside, before = 0, 0, 0, ""
    for field, name, unit in picked:
        if layout.groups != "none" and field != before:
            group_number, inside, before = group_number + 1, 0, field
        number, inside = number + 1, inside + 1
        printed_number = f"{group_number}.{inside}" if layout.dotted else str(inside if layout.restarts else number)
        lead = [units[field]]
        if layout.partners > 1 and chance.random() < 0.3:
            lead.append("UBND các xã, phường" if level == "tỉnh" else chance.choice(HELPERS[level][:2]))
        lead = list(dict.fromkeys(lead))
        coop = [one for one in chance.sample(HELPERS[level], chance.choice((1, 1, 2))) if one not in lead]
        coop = coop if "coop" in what else []
        due = chance.choice(DUES) if "due" in what else None
        operator, sign = "=", ""
        if unit != "done" and layout.signs and chance.random() < 0.25:
            operator, sign = chance.choice(((">=", "≥ "), (">", "> "), (">", "Trên ")))
        value: float | None = chance.choice((15, 20, 35, 40, 45, 50, 60, 65, 70, 75, 80, 85, 90, 95, 98, 100, 100))
        if unit == "done":
            value = None
        elif unit != "%":
            value = chance.choice((2, 3, 5, 8, 10, 12, 20, 25))
        elif value == 15 and chance.random() < 0.5:
            value = 17.5
        if value == 100:
            operator, sign = "=", ""
        figure = "" if value is None else f"{sign}{value:g}".replace(".", ",")
        target = "Hoàn thành" if value is None else figure + ("%" if unit == "%" else f" {unit}")
        cells = {"tt": printed_number, "name": name, "lead": "; ".join(lead), "coop": "; ".join(coop), "due": due or ""}
        truth_name = name
        if "unit" in what:
            cells["unit"] = "" if unit == "done" else unit
            cells["target"] = "Hoàn thành" if value is None else figure
        else:
            cells["target"] = target
        if layout.stated and value is not None:
            bare = name.removeprefix("Tỷ lệ ")
            if layout.stated == "first" and bare != name:
                cells["name"], truth_name = f"{target} {bare}", bare[:1].upper() + bare[1:]
            else:
                cells["name"] = f"{name} đạt {target[:1].lower() + target[1:]}"
        base = None if value is None else max(1, round(value * chance.choice((0.5, 0.7, 0.8))))
        later = None if value is None else (min(100, round(value * 1.2)) if unit == "%" else round(value * 2))
        for key, other in (("base", base), ("later", later)):
            cells[key] = "" if other is None else f"{other}" + ("%" if unit == "%" and "unit" not in what else "")
        cells["note"] = ""
        kind = "milestone" if value is None else "percent" if unit == "%" else "number"
        group = GROUPS[field] if layout.groups != "none" else ""
        truth = {
            "where": "Phụ lục",
            "no": printed_number,
            "group": group or None,
            "name": truth_name,
            "operator": None if value is None else operator,
            "value": value,
            "unit": None if value is None else unit,
            "kind": kind,
            "text_value": target,
            "lead": lead if "lead" in what else [],
            "coop": coop,
            "due": due,
            "ocr_damaged": False,
            "acceptable_operators": [">", ">="] if operator != "=" else [],
        }
        found.append(Row(cells, truth, group))
    return found


def _named(place: str) -> str:
    return f"UBND {place}"


def truth(layout: Layout) -> dict[str, Any]:
    """What a perfect reading of the plan gives, in the form of the gold files."""
    return {
        "document": {"number": f"{30 + layout.seed}/KH-UBND", "date": "2026-01-19", "issuer": _named(layout.place),
                     "signer": "Đinh Khắc Toàn", "year": 2026},
        "indicators": [row.truth for row in rows_of(layout)],
        "reporting": [],
    }  # fmt: skip


def body_of(layout: Layout) -> tuple[str, ...]:
    """The paragraphs between head and signature."""
    level = layout.place.split()[0]
    units = list(dict.fromkeys(_units(layout).values()))
    duties = (
        "theo dõi, đôn đốc chung việc thực hiện Kế hoạch; tổng hợp khó khăn để trình lãnh đạo xem xét.",
        "bố trí người và thiết bị cho các phần việc được giao; báo cáo khi được hỏi.",
        "hướng dẫn các đơn vị cơ sở thực hiện những nội dung thuộc phạm vi quản lý.",
        "kiểm tra việc thực hiện ở nơi được phân công, kịp thời đề nghị điều chỉnh.",
    )
    return (
        f"Để việc chuyển đổi số của {layout.place} trong năm 2026 đi vào nền nếp, {_named(layout.place)} ban hành kế "
        "hoạch với các nội dung sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "- Làm cho công việc hằng ngày của từng cơ quan nhanh hơn, rõ người, rõ việc, rõ thời hạn.",
        "- Tận dụng thiết bị sẵn có; không mua sắm trùng lặp với hệ thống dùng chung.",
        "II. MỤC TIÊU",
        "Phấn đấu hoàn thành các chỉ tiêu nêu tại Phụ lục kèm theo Kế hoạch này.",
        "III. TỔ CHỨC THỰC HIỆN",
        *(f"{at}. {unit}: {duties[at % len(duties)]}" for at, unit in enumerate(units, 1)),
        f"Trên đây là Kế hoạch chuyển đổi số {layout.place} năm 2026, yêu cầu các cơ quan, đơn vị thực hiện./."
        if level
        else "",
    )


def pdf_of(layout: Layout) -> bytes:
    """The plan as an office program prints it."""
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

    for face, path in zip(("", "-bold"), FONTS[layout.font], strict=True):
        pdfmetrics.registerFont(TTFont(f"{layout.font}{face}", path))
    plain = ParagraphStyle("plain", fontName=layout.font, fontSize=13.5, leading=18, spaceAfter=6, alignment=4)
    bold = ParagraphStyle("bold", parent=plain, fontName=f"{layout.font}-bold", alignment=1)
    cell = ParagraphStyle("cell", parent=plain, fontSize=layout.size, leading=1.2 * layout.size, spaceAfter=0)
    cell.alignment = 0
    centred = ParagraphStyle("centred", parent=cell, alignment=1)
    head = ParagraphStyle("head", parent=centred, fontName=f"{layout.font}-bold")
    left = ParagraphStyle("left", parent=head, alignment=0)

    def pair(one: Sequence[str], other: Sequence[str]) -> Any:
        style = ParagraphStyle("pair", parent=bold, fontSize=12.5, leading=17)
        return Table([[Paragraph("<br/>".join(texts), style) for texts in (one, other)]], colWidths=[70 * mm, 100 * mm])

    place = layout.place
    rows: list[list[Any]] = [[Paragraph(header, head) for _, header, _ in layout.columns]]
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), layout.stand), ("GRID", (0, 0), (-1, -1), 0.75, "black")]
    style += [(f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("TOP", "BOTTOM", "LEFT", "RIGHT")]
    group, count = "", 0
    for row in rows_of(layout):
        if row.group and row.group != group:
            group, count = row.group, count + 1
            sign = {"roman": ROMAN[count - 1], "letters": "ABCDEFGH"[count - 1]}.get(layout.groups, "")
            sign = str(count) if layout.dotted else sign
            at = len(rows)
            rows.append([Paragraph(sign, head), Paragraph(group, left), *("" for _ in layout.columns[2:])])
            style.append(("SPAN", (1, at), (-1, at)))
        rows.append(
            [Paragraph(row.cells[key], cell if key in ("name", "coop", "note") else centred) for key, _, _ in
             layout.columns]
        )  # fmt: skip
    level = place.split()[0]
    story = [
        pair(("ỦY BAN NHÂN DÂN", place.upper(), f"Số: {30 + layout.seed}/KH-UBND"),
             ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
              f"{place.split(' ', 1)[1]}, ngày 19 tháng 01 năm 2026")),
        Spacer(1, 8 * mm),
        *(Paragraph(line, bold) for line in ("KẾ HOẠCH", f"Chuyển đổi số {place} năm 2026")),
        *(Paragraph(line, plain) for line in body_of(layout)),
        pair(("Nơi nhận:", "- Các cơ quan, đơn vị;", "- Lưu: VT."),
             ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Đinh Khắc Toàn")),
        NextPageTemplate("appendix"),
        PageBreak(),
        *(Paragraph(line, bold) for line in ("PHỤ LỤC", layout.title,
          f"(Kèm theo Kế hoạch số {30 + layout.seed}/KH-UBND ngày 19/01/2026 của UBND {level})")),
        Table(rows, colWidths=[wide * mm for _, _, wide in layout.columns], style=style, repeatRows=1),
    ]  # fmt: skip
    paper = landscape(A4) if layout.wide else A4

    def frame(size: tuple[float, float]) -> Frame:
        return Frame(15 * mm, 18 * mm, size[0] - 25 * mm, size[1] - 36 * mm, 3, 3, 3, 3)

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates(
        [PageTemplate("body", [frame(A4)], pagesize=A4), PageTemplate("appendix", [frame(paper)], pagesize=paper)]
    )
    document.build(story)
    return buffer.getvalue()


def scans_of(layout: Layout) -> list[Any]:
    """The pages through an office scanner, at the layout's resolution."""
    found = []
    for at, page in enumerate(page_pictures(pdf_of(layout))):
        if layout.dpi != 300:
            page = page.resize((page.width * layout.dpi // 300, page.height * layout.dpi // 300))
        tilt = layout.tilt * (1 if at % 2 else -1)
        found.append(scan_page(page, tilt=tilt, noise=layout.noise, blur=0.7 * layout.dpi / 300, seed=at))
    return found


def ruined(layout: Layout, mode: int, kind: str = "txt", pages: Sequence[Any] | None = None) -> list[bytes]:
    """What Tesseract's English model makes of each page in page mode ``mode``: plain text, or PDF with a text layer."""
    found = []
    for page in pages if pages is not None else scans_of(layout):
        picture = io.BytesIO()
        page.save(picture, "PNG", dpi=(layout.dpi, layout.dpi))
        command = ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", str(mode), "--dpi", str(layout.dpi), kind]
        found.append(
            subprocess.run(command, input=picture.getvalue(), capture_output=True, check=True,
                           env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout
        )  # fmt: skip
    return found


def absent() -> str | None:
    """Why no ruined text can be made here; None where it can."""
    if shutil.which("tesseract") is None:
        return "Tesseract is missing; `make services` brings it"
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False).stdout.split()
    if b"eng" not in languages:
        return "Tesseract's English model is missing; `make services` brings it"
    fonts = [path for pair in FONTS.values() for path in pair if not Path(path).exists()]
    return f"fonts are missing ({', '.join(fonts)})" if fonts else None
