#!/usr/bin/env python3
"""Saves two policies of corpus/ as DOCX, ODT, RTF, HTML and PDF, for records.rs.

    pip install python-docx odfpy fpdf2
    python3 make_corpus.py FONT.ttf

Numbers and bullets are made by the formats themselves (lists in Word and Writer, counters in style sheets), the rest are
plain paragraphs; the PDF wraps its lines. Nothing stands around the text: furniture is the subject of make.py. The output is committed, so that the tests need none of this.
"""

import datetime
import pathlib
import re
import sys

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from odf import text
from odf.opendocument import OpenDocumentText

from make import new_pdf

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent.parent / "corpus"

# How each level is written: 0 sections, 1 clauses, 2 numbered items, 3 bullets.
POLICIES = {
    "kk-statutory": {"section": "-тарау.", "bullet": "•"},
    "ru-kz-shop": {"section": ".", "bullet": "-"},
}


def parsed(name):
    """(level or None, number or None, text) of each line; levels have the numbers that counting gives."""
    section = re.escape(POLICIES[name]["section"])
    counts = [0, 0, 0]
    for line in (CORPUS / f"{name}.txt").read_text("utf-8").splitlines():
        if not line.strip():
            continue
        for level, form in enumerate((rf"(\d+){section}(?:\s+|$)", r"(\d+\.\d+)\.(?:\s+|$)", r"(\d+)\)(?:\s+|$)")):
            found = re.match(form, line)
            if not found:
                continue
            counted = counts[: level + 1]
            counted[level] += 1
            expected = f"{counts[0]}.{counted[1]}" if level == 1 else str(counted[level])
            if found[1] == expected:
                counts = counted + [0] * (2 - level)
                yield level, found[0].strip(), line[found.end() :]
                break
        else:
            if line.startswith("- "):
                yield 3, "-", line[2:]
            else:
                yield None, None, line


def docx(name, lines):
    section = POLICIES[name]["section"]
    bullet = POLICIES[name]["bullet"]
    forms = [("decimal", f"%1{section}"), ("decimal", "%1.%2."), ("decimal", "%3)"), ("bullet", bullet)]
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(forms)
    )
    document = Document()
    numbering = document.part.numbering_part.element
    ns = nsdecls("w")
    numbering.insert(0, parse_xml(f'<w:abstractNum {ns} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {ns} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, _, body in lines:
        paragraph = document.add_paragraph(body)
        if level is not None:
            number = f'<w:numPr {ns}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
    moment = datetime.datetime(2026, 1, 1)
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", moment, moment
    document.save(HERE / f"corpus-{name}.docx")


def odt(name, lines):
    document = OpenDocumentText()
    lists = text.ListStyle(name="Clauses")
    section = POLICIES[name]["section"]
    lists.addElement(text.ListLevelStyleNumber(level=1, numformat="1", numsuffix=section))
    lists.addElement(text.ListLevelStyleNumber(level=2, numformat="1", numsuffix=".", displaylevels=2))
    lists.addElement(text.ListLevelStyleNumber(level=3, numformat="1", numsuffix=")"))
    lists.addElement(text.ListLevelStyleBullet(level=4, bulletchar=POLICIES[name]["bullet"]))
    document.automaticstyles.addElement(lists)
    for level, _, body in lines:
        paragraph = text.P(text=body)
        if level is None:
            document.text.addElement(paragraph)
            continue
        outer = holder = text.List(stylename=lists, continuenumbering="true")
        for _ in range(level):
            item, inner = text.ListItem(), text.List()
            item.addElement(inner)
            holder.addElement(item)
            holder = inner
        item = text.ListItem()
        item.addElement(paragraph)
        holder.addElement(item)
        document.text.addElement(outer)
    document.save(str(HERE / f"corpus-{name}.odt"))


def rtf(name, lines):
    def escaped(words):
        return "".join(
            letter if ord(letter) < 128 and letter not in "\\{}" else f"\\u{ord(letter)}?" for letter in words
        )

    out = [r"{\rtf1\ansi\ansicpg1251\deff0\uc1{\fonttbl{\f0\froman\fcharset204 Serif;}}"]
    for level, number, body in lines:
        shown = POLICIES[name]["bullet"] if level == 3 else number
        listed = "" if level is None else rf"{{\listtext\pard\plain {escaped(shown)}\tab}}"
        out.append(r"\pard\plain\f0 " + listed + escaped(body) + r"\par")
    out.append("}")
    (HERE / f"corpus-{name}.rtf").write_bytes("\r\n".join(out).encode("ascii"))


STYLE = """body {{ counter-reset: s }}
.l0 {{ counter-increment: s; counter-reset: c }} .l0::before {{ content: counter(s) "{section} " }}
.l1 {{ counter-increment: c; counter-reset: i }} .l1::before {{ content: counter(s) "." counter(c) ". " }}
.l2 {{ counter-increment: i }} .l2::before {{ content: counter(i) ") " }}
.l3::before {{ content: "{bullet} " }}"""


def html(name, lines):
    blocks = []
    for level, _, body in lines:
        escaped = body.replace("&", "&amp;").replace("<", "&lt;")
        blocks.append(f"<p>{escaped}</p>" if level is None else f"<p class=l{level}>{escaped}</p>")
    page = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>example.kz</title><style>{STYLE.format(**POLICIES[name])}</style></head>
<body><main>{chr(10).join(blocks)}</main></body></html>
"""
    (HERE / f"corpus-{name}.html").write_bytes(page.encode("utf-8"))


def pdf(name, lines, font):
    document = new_pdf(font, kind=FPDF, format="A4")
    document.set_auto_page_break(True, margin=25)
    document.add_page()
    document.set_font("body", size=11)
    for (level, number, body), (_, _, behind) in zip(lines, lines[1:] + [(None, None, "")]):
        shown = POLICIES[name]["bullet"] if level == 3 else number
        line = body if level is None else f"{shown} {body}"
        document.multi_cell(0, 6, line, align="L", new_x="LMARGIN", new_y="NEXT")
        if not (body.isupper() and behind.isupper()):  # a title of two lines is one paragraph
            document.ln(3)
    document.output(HERE / f"corpus-{name}.pdf")


def main():
    for name in POLICIES:
        lines = list(parsed(name))
        docx(name, lines)
        odt(name, lines)
        rtf(name, lines)
        html(name, lines)
        pdf(name, lines, sys.argv[1])


if __name__ == "__main__":
    main()
