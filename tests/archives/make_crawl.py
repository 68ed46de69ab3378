"""Makes crawl-wget.warc, crawl-wget.warc.gz, crawl-warcio.warc.gz: policies of corpus/ as two programs archive them.

The pages are served on loopback and fetched by GNU Wget 1.21.3 and by warcio 1.8, so that the archives hold what really
went over a connection: a page of unknown length in chunks, one in windows-1251, one that was moved, one that is missing.
Run in the directory that shall hold the files, beside which no other server uses port 8766:
    python3 -m venv venv && venv/bin/pip install warcio requests && venv/bin/python make_crawl.py
"""

import html
import http.server
import pathlib
import subprocess
import tempfile
import threading

from warcio.capture_http import capture_http

import requests  # only after capture_http can it be watched

PORT = 8766
SITE = f"http://127.0.0.1:{PORT}"
HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus"
PAGES = {"/kk": ("kk-app", "utf-8"), "/ru": ("ru-ru-studio", "windows-1251")}


def page(name, encoding):
    """The policy as a page: a paragraph a line."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    return f"<!DOCTYPE html>\n<html><head><title>{name}</title></head><body>\n{body}\n</body></html>\n".encode(encoding, "xmlcharrefreplace")


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/old":
            self.head(301, Location="/kk", Content_Length="0")
        elif self.path == "/kk":
            self.head(200, Content_Type="text/html", Transfer_Encoding="chunked")
            body = page(*PAGES[self.path])
            for at in range(0, len(body), 3000):
                piece = body[at:at + 3000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/ru":
            body = page(*PAGES[self.path])
            self.head(200, Content_Type="text/html; charset=windows-1251", Content_Length=str(len(body)))
            self.wfile.write(body)
        else:
            self.head(404, Content_Type="text/plain", Content_Length="0")

    def head(self, status, **fields):
        self.send_response_only(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_):
        pass


threading.Thread(target=http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Site).serve_forever, daemon=True).start()
paths = ["/old", "/ru", "/missing"]
for more in [["--no-warc-compression"], []]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["wget", "-q", "--no-hsts", "--tries=1", *more, "--warc-file=crawl-wget", *(SITE + path for path in paths)],
                       cwd=folder, check=False)
        for made in pathlib.Path(folder).glob("*.warc*"):
            pathlib.Path(made.name).write_bytes(made.read_bytes())
pathlib.Path("crawl-warcio.warc.gz").unlink(missing_ok=True)
with capture_http("crawl-warcio.warc.gz"):
    for path in paths:
        requests.get(SITE + path, timeout=10)
