"""Makes warcio.warc, warcio.warc.gz: a fictional policy as crawlers may have stored it.

Run with warcio 1.8 from PyPI, in the directory that shall hold the files:
    python3 -m venv venv && venv/bin/pip install warcio && venv/bin/python make_warc.py

wget.warc.gz was made with GNU Wget 1.21.3 from two pages of the same fictional operator on loopback:
    wget -q -r -l 1 -P got --warc-file=wget http://127.0.0.1:8765/index.html
"""

import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="{charset}"><title>Политика</title></head><body>
<h1>Политика конфиденциальности</h1>
<p>ТОО «Үлгі» (далее – Оператор), страница {name}.</p>
<p>1. Субъект вправе отозвать согласие в любое время.</p>
</body></html>
"""


def page(name, charset="utf-8"):
    text = PAGE.format(name=name, charset=charset)
    if charset == "windows-1251":
        text = text.replace("Үлгі", "Пример")
    return text.encode(charset)


def chunked(body, size=100):
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def response(writer, name, body, status="200 OK", **headers):
    fields = [(key.replace("_", "-"), value) for key, value in headers.items()]
    head = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        f"https://example.kz/{name}", "response", payload=io.BytesIO(body), http_headers=head,
        warc_headers_dict={"WARC-Date": "2026-01-02T03:04:05Z"},
    )
    writer.write_record(record)


def write(path, compress):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=compress)
        writer.write_record(writer.create_warcinfo_record(path, {"software": "make_warc.py"}))
        html = {"Content_Type": "text/html; charset=utf-8"}
        response(writer, "plain", page("plain"), **html)
        response(writer, "gzip", gzip.compress(page("gzip"), mtime=0), Content_Encoding="gzip", **html)
        response(writer, "chunked", chunked(page("chunked")), Transfer_Encoding="chunked", **html)
        response(writer, "both", chunked(gzip.compress(page("both"), mtime=0)),
                 Content_Encoding="gzip", Transfer_Encoding="chunked", **html)
        response(writer, "undone", page("undone"), Content_Encoding="gzip", Transfer_Encoding="chunked", **html)
        response(writer, "cp1251", page("cp1251", "windows-1251"), Content_Type="text/html; charset=windows-1251")
        response(writer, "logo.png", b"\x89PNG\r\n", Content_Type="image/png")
        response(writer, "moved", b"", status="301 Moved Permanently", Location="/plain", **html)
        response(writer, "missing", page("missing"), status="404 Not Found", **html)
        writer.write_record(writer.create_revisit_record(
            "https://example.kz/again", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "https://example.kz/plain", "2026-01-02T03:04:05Z"))
        writer.write_record(writer.create_warc_record(
            "https://example.kz/resource.html", "resource", payload=io.BytesIO(page("resource")),
            warc_content_type="text/html", warc_headers_dict={"WARC-Date": "2026-01-02T03:04:05Z"}))


for name, compress in [("warcio.warc", False), ("warcio.warc.gz", True)]:
    write(name, compress)
