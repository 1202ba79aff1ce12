"""Draws a plan as a scanned document and reads it back with an OCR model that knows no Vietnamese.

That is how most plans reach a commune's archive: printed, scanned, and recognised with the English model that the
scanner brought. The damaged twin in this folder was made so:

    python examples/scan.py examples/ke-hoach-hoa-mau-2026.txt > examples/ke-hoach-hoa-mau-2026-quet.txt

Two targets of the twin were then ruined by hand in the way real scans ruin them, a per cent sign read as digits: row 12
("60%" became "6006") and row 20 ("15%" became "150"). Needs Tesseract and the Liberation fonts (`make services`).
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
WIDTH = 1654  # A4 at that resolution
MARGIN = 150
FONTS = Path("/usr/share/fonts/truetype/liberation2")
SIZE = 36  # 13 points, as the decree on documents has it
LEADING = 46
# Where the cells of a table start: number, name, target, lead unit; a rule stands before each but the first.
COLUMNS = (MARGIN - 40, MARGIN + 60, MARGIN + 770, MARGIN + 990)


def main(path: str) -> None:
    """Print what the OCR reads from the drawn pages of the text at ``path``; a form feed turns the page."""
    pages = Path(path).read_text(encoding="utf-8").split("\f")
    sys.stdout.write("\f".join(recognise(draw(page)) for page in pages))


def draw(page: str) -> Image.Image:
    """One page, slightly turned and soft, as a worn scanner gives it."""
    font = ImageFont.truetype(str(FONTS / "LiberationSerif-Regular.ttf"), SIZE)
    bold = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), SIZE)
    lines = page.strip("\n").split("\n")
    image = Image.new("L", (WIDTH, 2 * MARGIN + 3 * LEADING * len(lines)), 255)
    pen = ImageDraw.Draw(image)
    y = MARGIN
    for line in lines:
        if line.count(" | ") in (1, 3):
            cells = line.split(" | ")
            y = draw_row(pen, bold if len(cells) == 2 else font, cells, y)  # the rows of the groups are bold
        else:
            # The letterhead keeps its two columns; everything else is one line of text.
            left, _, right = line.partition("     ")
            pen.text((MARGIN, y), left, fill=0, font=font)
            pen.text((MARGIN + 620, y), right.strip(), fill=0, font=font)
            y += LEADING if line else LEADING // 2
    page_image = image.crop((0, 0, WIDTH, y + MARGIN))
    return page_image.rotate(0.15, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(0.6)
    )


def draw_row(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, cells: list[str], y: int) -> int:
    """Draw the cells of one row, each wrapped in its column; returns where the next one starts."""
    ends = (*COLUMNS[1:], WIDTH - MARGIN // 2)
    wrapped = [wrap(font, cell, ends[i] - COLUMNS[i] - 24) for i, cell in enumerate(cells)]
    rows = max(map(len, wrapped))
    for edge in COLUMNS[1 : len(cells)]:
        pen.line((edge - 18, y - 4, edge - 18, y + rows * LEADING), fill=60, width=3)
    for i, cell in enumerate(wrapped):
        top = y + (rows - len(cell)) // 2 * LEADING
        for line in cell:
            pen.text((COLUMNS[i], top), line, fill=0, font=font)
            top += LEADING
    return y + rows * LEADING + LEADING // 3


def wrap(font: ImageFont.FreeTypeFont, text: str, width: int) -> list[str]:
    """Break a cell at blanks so that no line is wider than ``width`` pixels."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def recognise(page: Image.Image) -> str:
    """The words of a page by Tesseract's English model, columns kept side by side."""
    png = io.BytesIO()
    page.save(png, "PNG", dpi=(DPI, DPI))
    command = ["tesseract", "-", "-", "-l", "eng", "--psm", "6"]
    return subprocess.run(command, input=png.getvalue(), capture_output=True, check=True).stdout.decode().rstrip("\f")  # noqa: S603


if __name__ == "__main__":
    main(*sys.argv[1:])
