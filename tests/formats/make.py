#!/usr/bin/env python3
"""Writes the fixtures of main.rs: one fictional policy in every format and encoding.

    pip install python-docx odfpy fpdf2
    python3 make.py FONT.ttf

FONT.ttf is any free font with Cyrillic and Kazakh letters (DejaVu Sans); the PDF files embed a subset of it. The output is
committed, so that the tests need none of this.
"""

import copy
import datetime
import pathlib
import sys

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from odf import style, text
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow

HERE = pathlib.Path(__file__).parent

# kind, text; the numbers of sections, clauses and items are made by the formats themselves where they can be.
RU = [
    ("title", "Политика обработки персональных данных"),
    ("plain", "Действует с 1 марта 2026 года."),
    ("section", "Общие положения"),
    ("clause", 'Оператор - ТОО "Пример", сайт primer.example.'),
    ("clause", "Срок хранения данных\u00a0- не более 30 (тридцати) дней."),
    ("section", "Права субъекта"),
    ("clause", "Субъект вправе:"),
    ("item", "отозвать согласие в любое время, направив письмо по адресу оператора или на электронную почту info@primer.example;"),
    ("item", "требовать удаления своих данных;"),
    ("item", "получать сведения об обработке."),
    ("clause", "Оператор отвечает в течение десяти рабочих дней."),
    ("section", "Какие данные обрабатываются"),
    ("bullet", "имя и телефон;"),
    ("bullet", "адрес электронной почты."),
    ("row", ("Цель", "Данные")),
    ("row", ("Доставка", "имя, адрес")),
    ("plain", "Вопросы: info@primer.example."),
]
KK = [
    ("title", "Дербес деректерді өңдеу саясаты"),
    ("plain", "2026 жылғы 1 наурыздан бастап қолданылады."),
    ("section", "Жалпы ережелер"),
    ("clause", "Оператор – «Мысал» ЖШС, сайты mysal.example."),
    ("clause", "Деректерді сақтау мерзімі\u00a0– 30 (отыз) күннен аспайды."),
    ("section", "Субъектінің құқықтары"),
    ("clause", "Субъект құқылы:"),
    ("item", "келісімін кез келген уақытта қайтарып алуға, ол үшін операторға хат жазуға немесе info@mysal.example мекенжайына жүгінуге;"),
    ("item", "өз деректерін жоюды талап етуге;"),
    ("item", "өңдеу туралы мәлімет алуға."),
    ("clause", "Оператор үш жұмыс күні ішінде жауап береді."),
    ("section", "Қандай деректер өңделеді"),
    ("bullet", "аты-жөні мен телефоны;"),
    ("bullet", "электрондық пошта мекенжайы, һәм ең соңғы өтініші."),
    ("row", ("Мақсаты", "Деректер")),
    ("row", ("Жеткізу", "аты, мекенжайы")),
    ("plain", "Сұрақтар: info@mysal.example."),
]
LETTERS = "абвгдежзиклмн"


def numbered(policy):
    """The policy with its numbers written out: what every format has to read as."""
    section = clause = item = 0
    for kind, body in policy:
        label = ""
        if kind == "section":
            section, clause = section + 1, 0
            label = f"{section}. "
        elif kind == "clause":
            clause, item = clause + 1, 0
            label = f"{section}.{clause}. "
        elif kind == "item":
            item += 1
            label = f"{LETTERS[item - 1]}) "
        elif kind == "bullet":
            label = "• "
        yield kind, label, body


def plain(policy):
    lines = [label + ("\t".join(body) if kind == "row" else body) for kind, label, body in numbered(policy)]
    return "\n".join(lines) + "\n"


def texts(policy, name, encodings):
    content = plain(policy)
    (HERE / f"{name}.txt").write_bytes(content.encode("utf-8"))
    (HERE / f"{name}.utf-8-bom.txt").write_bytes(b"\xef\xbb\xbf" + content.encode("utf-8"))
    (HERE / f"{name}.utf-16le-bom.txt").write_bytes(b"\xff\xfe" + content.encode("utf-16-le"))
    (HERE / f"{name}.utf-16be.txt").write_bytes(content.encode("utf-16-be"))
    for encoding in encodings:
        # These code pages have no bullet.
        replaced = content.replace("•", "-") if encoding in ("koi8-r", "cp866") else content
        replaced = replaced.replace("\u00a0", "\u00a0" if encoding != "cp866" else "\u00a0")
        (HERE / f"{name}.{encoding}.txt").write_bytes(replaced.encode(encoding))


def html(policy, name, encoding, charset, lang):
    out = []
    items = None
    rows = False
    for kind, label, body in numbered(policy):
        if rows and kind != "row":
            out.append("</table>")
            rows = False
        wanted = {"item": "<ul class=letters>", "bullet": "<ul>"}.get(kind)
        if items and items != wanted:
            out.append("</ul>")
            items = None
        if wanted and not items:
            out.append(wanted)
            items = wanted
        if kind == "title":
            out.append(f"<h1>{body}</h1>")
        elif kind == "section":
            out.append(f"<h2>{label}{body}</h2>")
        elif kind in ("item", "bullet"):
            shown = label if kind == "item" else ""
            out.append(f"<li>{shown}{body}\n   </li>")
        elif kind == "row":
            if not rows:
                out.append("<table>")
                rows = True
            out.append("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in body) + "</tr>")
        else:
            words = (label + body).replace("\u00a0", "&nbsp;").split(" ")
            out.append("<p>" + " ".join(words[:3]) + "\n      <span>" + " ".join(words[3:]) + "</span></p>")
    page = f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{charset}"><title>primer.example</title>
<style>.letters {{ list-style: none }} .modal {{ display: none }}</style><script>var menu = "<p>1. Not shown</p>";</script></head>
<body><header><a href="/">primer.example</a><nav><ul><li><a href="/about">About</a></li><li><a href="/prices">Prices</a></li></ul></nav></header>
<main>{chr(10).join(out)}</main>
<div class="modal"><p>Leave your phone number and we will call back within five minutes</p></div>
<footer><p>2026 primer.example</p><a href="/terms">Terms</a></footer></body></html>
"""
    (HERE / f"{name}.html").write_bytes(page.encode(encoding))


ABSTRACT = """<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>"""
BULLETS = """<w:abstractNum {ns} w:abstractNumId="78"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>
<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>"""


def docx(policy, name):
    document = Document()
    numbering = document.part.numbering_part.element
    for template in (BULLETS, ABSTRACT):
        numbering.insert(0, parse_xml(template.replace("{ns}", nsdecls("w"))))
    for number, abstract in ((77, 77), (78, 78)):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>')
        )
    levels = {"section": (77, 0), "clause": (77, 1), "item": (77, 2), "bullet": (78, 0)}
    table = None
    for kind, body in policy:
        if kind == "row":
            table = table or document.add_table(rows=0, cols=len(body))
            for cell, value in zip(table.add_row().cells, body):
                cell.text = value
            continue
        style_name = {"title": "Title", "section": "Heading 1"}.get(kind)
        paragraph = document.add_paragraph(style=style_name)
        half = len(body) // 2
        paragraph.add_run(body[:half]).bold = True
        paragraph.add_run(body[half:])
        if kind in levels:
            number, level = levels[kind]
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )
    moment = datetime.datetime(2026, 1, 1)
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", moment, moment
    document.save(HERE / f"{name}.docx")


def odt(policy, name):
    document = OpenDocumentText()
    lists = text.ListStyle(name="Clauses")
    lists.addElement(text.ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
    lists.addElement(text.ListLevelStyleNumber(level=2, numformat="1", numsuffix=".", displaylevels=2))
    letters = text.ListLevelStyleNumber(level=3, numformat="а, б, .., аа, бб, ... (ru)", numsuffix=")")
    lists.addElement(letters)
    document.automaticstyles.addElement(lists)
    dots = text.ListStyle(name="Dots")
    dots.addElement(text.ListLevelStyleBullet(level=1, bulletchar="•"))
    document.automaticstyles.addElement(dots)
    depths = {"section": 1, "clause": 2, "item": 3}
    table = None
    for kind, body in policy:
        if kind == "row":
            if table is None:
                table = Table()
                document.text.addElement(table)
            row = TableRow()
            for value in body:
                cell = TableCell()
                cell.addElement(text.P(text=value))
                row.addElement(cell)
            table.addElement(row)
            continue
        if kind in depths:
            # As LibreOffice writes it where plain paragraphs interrupt a list: every item goes on with the numbering.
            outer = text.List(stylename=lists, continuenumbering="true")
            holder = outer
            for _ in range(depths[kind] - 1):
                item = text.ListItem()
                inner = text.List()
                item.addElement(inner)
                holder.addElement(item)
                holder = inner
            item = text.ListItem()
            item.addElement(text.P(text=body))
            holder.addElement(item)
            document.text.addElement(outer)
        elif kind == "bullet":
            outer = text.List(stylename=dots)
            item = text.ListItem()
            item.addElement(text.P(text=body))
            outer.addElement(item)
            document.text.addElement(outer)
        elif kind == "title":
            document.text.addElement(text.H(outlinelevel=1, text=body))
        else:
            document.text.addElement(text.P(text=body))
    document.save(str(HERE / f"{name}.odt"))


def rtf(policy, name, unicode_signs):
    def escaped(words):
        out = []
        for letter in words:
            code = letter.encode("cp1251", "ignore")
            if letter in "\\{}":
                out.append("\\" + letter)
            elif letter == "\u00a0":
                out.append("\\~")
            elif ord(letter) < 128:
                out.append(letter)
            elif code and not unicode_signs:
                out.append(f"\\'{code[0]:02x}")
            else:
                out.append(f"\\u{ord(letter)}?")
        return "".join(out)

    out = [r"{\rtf1\ansi\ansicpg1251\deff0\uc1{\fonttbl{\f0\froman\fcharset204 Serif;}}{\info{\author nobody}}"]
    for kind, label, body in numbered(policy):
        if kind == "row":
            cells = "".join(escaped(cell) + r"\cell " for cell in body)
            out.append(r"\trowd\cellx3000\cellx6000\pard\intbl " + cells + r"\row")
        else:
            listed = rf"{{\listtext\pard\plain {escaped(label.strip())}\tab}}" if label else ""
            out.append(r"\pard\plain\f0 " + listed + escaped(body) + r"\par")
    out.append("}")
    (HERE / f"{name}.rtf").write_bytes("\r\n".join(out).encode("ascii"))


class Page(FPDF):
    running = "Внутренний документ"

    def header(self):
        self.set_font("body", size=8)
        self.cell(0, 6, self.running, align="C", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self):
        self.set_y(-15)
        self.set_font("body", size=8)
        self.cell(0, 6, f"стр. {self.page_no()}", align="C")


def new_pdf(font, kind=Page, **more):
    pdf = kind(**more)
    pdf.set_creation_date(datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc))
    pdf.add_font("body", fname=font)
    return pdf


def pdf(policy, name, font):
    # Small pages, so that lines wrap and pages turn.
    document = new_pdf(font, format=(120, 90))
    document.set_auto_page_break(True, margin=18)
    document.add_page()
    document.set_font("body", size=10)
    for kind, label, body in numbered(policy):
        line = label + (" ".join(body) if kind == "row" else body)
        document.multi_cell(0, 5, line, align="L", new_x="LMARGIN", new_y="NEXT")
    document.output(HERE / f"{name}.pdf")


def columns(policy, name, font):
    document = new_pdf(font, kind=FPDF, format="A4")
    document.add_page()
    document.set_font("body", size=14)
    document.cell(0, 10, policy[0][1], new_x="LMARGIN", new_y="NEXT")
    document.set_font("body", size=9)
    lines = [label + (" ".join(body) if kind == "row" else body) for kind, label, body in numbered(policy)][1:]
    with document.text_columns(ncols=2, gutter=8, text_align="J", balance=True) as shown:
        for line in lines + lines[1:4]:
            with shown.paragraph(bottom_margin=2) as paragraph:
                paragraph.write(line.replace("\u00a0", " "))
    document.output(HERE / f"{name}-columns.pdf")


def unreadable(font):
    from PIL import Image

    document = new_pdf(font, kind=FPDF)
    for shade in (200, 220):
        document.add_page()
        document.image(Image.new("L", (60, 80), shade), x=10, y=10, w=180)
    document.output(HERE / "scan.pdf")
    document = new_pdf(font, kind=FPDF)
    document.set_encryption(owner_password="owner", user_password="user")
    document.add_page()
    document.set_font("body", size=10)
    document.cell(0, 10, "Политика")
    document.output(HERE / "locked.pdf")
    document = new_pdf(font, kind=FPDF)
    document.set_encryption(owner_password="owner")
    document.add_page()
    document.set_font("body", size=10)
    document.cell(0, 10, "Политика")
    document.output(HERE / "no-copying.pdf")


def main():
    font = sys.argv[1]
    texts(RU, "ru", ["cp1251", "koi8-r", "cp866"])
    texts(KK, "kk", ["kz1048"])
    html(RU, "ru", "cp1251", "windows-1251", "ru")
    html(KK, "kk", "kz1048", "windows-1251", "kk")
    for policy, name in ((RU, "ru"), (KK, "kk")):
        docx(copy.deepcopy(policy), name)
        odt(policy, name)
        rtf(policy, name, unicode_signs=name == "kk")
        pdf(policy, name, font)
    columns(RU, "ru", font)
    unreadable(font)


if __name__ == "__main__":
    main()
