"""Files that nobody should send: bombs, locks, halves, pictures of nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageDraw

WORD_XML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(*pages: str, extra: str = "", encrypt: str = "") -> bytes:
    """A small PDF whose pages have the given dictionaries' entries; objects from 10 on come from ``extra``."""
    kids = " ".join(f"{index} 0 R" for index in range(1000, 1000 + len(pages)))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
    ]
    objects += [f"{1000 + i} 0 obj<</Type/Page/Parent 2 0 R{page}>>endobj" for i, page in enumerate(pages)]
    body = "%PDF-1.7\n" + "\n".join(objects) + "\n" + extra
    return (body + f"\ntrailer<</Root 1 0 R/Size 20000{encrypt}>>\nstartxref\n0\n%%EOF\n").encode("latin-1")


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    key = "0" * 64
    encrypt = f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{key}>/U<{key}>>>/ID[<00><00>]"
    return pdf("/MediaBox[0 0 595 842]", encrypt=encrypt)


def huge_picture_pdf(side: int = 50_000) -> bytes:
    """An ordinary page under a picture of ``side`` by ``side`` points that packs into a few bytes."""
    data = zlib.compress(bytes(1_000_000)).decode("latin-1")
    image = (
        f"10 0 obj<</Type/XObject/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 8"
        f"/Filter/FlateDecode/Length {len(data)}>>stream\n{data}\nendstream endobj\n"
    )
    draw = "q 595 0 0 842 0 0 cm /P Do Q"
    content = f"11 0 obj<</Length {len(draw)}>>stream\n{draw}\nendstream endobj\n"
    return pdf("/MediaBox[0 0 595 842]/Resources<</XObject<</P 10 0 R>>>>/Contents 11 0 R", extra=image + content)


def huge_png(side: int = 50_000) -> bytes:
    """A PNG that says it has ``side`` by ``side`` points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 200))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def crowded_pdf(drawn: str) -> bytes:
    """A page with a line of text and ``drawn``, PDF's operators, packed."""
    text = "BT /F 9 Tf 50 500 Td (Ke hoach chuyen doi so cua xa nam nay) Tj ET\n"
    data = zlib.compress((text + drawn).encode()).decode("latin-1")
    font = "10 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    content = f"11 0 obj<</Filter/FlateDecode/Length {len(data)}>>stream\n{data}\nendstream endobj\n"
    return pdf("/MediaBox[0 0 595 842]/Resources<</Font<</F 10 0 R>>>>/Contents 11 0 R", extra=font + content)


def word_with_broken_packing() -> bytes:
    """A .docx packed by a method that Word never uses, and damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("word/document.xml", WORD_XML.format("<w:p/>" * 500))
    content = bytearray(buffer.getvalue())
    content[60:75] = b"\xff" * 15
    return bytes(content)


def word_package(**parts: bytes | str) -> bytes:
    """A .docx with the given parts; in their names "__" stands for a slash and "_xml" for ".xml"."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def word_with_misplaced_parts() -> bytes:
    """A .docx whose directory says that its parts begin before the file does, as after a bad join of two files."""
    package = word_package(word__document_xml=WORD_XML.format(""))
    (directory,) = struct.unpack("<I", package[-6:-2])
    return package[:-6] + struct.pack("<I", directory + 5_000) + package[-2:]


def word_bomb(size: int = 200_000_000) -> bytes:
    """A .docx of a few hundred kilobytes that unpacks to ``size`` bytes of paragraphs."""
    paragraph = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w", force_zip64=True) as stream,
    ):
        block = (paragraph * 30_000).encode()
        for _ in range(size // len(block) + 1):
            stream.write(block)
    return buffer.getvalue()


def word_with_entities(external: bool) -> bytes:
    """A .docx whose XML defines entities, doubling ten times or naming a file of the server."""
    if external:
        define = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    else:
        steps = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
        define = f'<!DOCTYPE d [<!ENTITY e0 "lol">{steps}<!ENTITY a "&e9;">]>'
    return word_package(word__document_xml=define + WORD_XML.format("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"))


def word_with_deep_nesting(depth: int = 30_000) -> bytes:
    """A .docx whose content controls stand in each other."""
    return word_package(
        word__document_xml=WORD_XML.format("<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth)
    )


def landscape() -> bytes:
    """A photo of hills, no word in it."""
    picture = Image.new("RGB", (1600, 1200), (150, 190, 230))
    draw = ImageDraw.Draw(picture)
    for index, colour in enumerate([(90, 130, 90), (70, 110, 60), (40, 80, 40)]):
        base = 600 + 150 * index
        points = [(x, base + 120 * np.sin(x / (180 + 60 * index) + index)) for x in range(0, 1601, 20)]
        draw.polygon([(0, 1200), *points, (1600, 1200)], fill=colour)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


def noise() -> bytes:
    """A picture of static, as a broken camera takes it."""
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 256, (1200, 900), dtype=np.uint8))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()
