-- What a scan stores. docs/sql.md shows how to ask it things; tests run those examples.
-- Offsets are Unicode code points from 0, lines count from 1, as in the JSON record.

-- One row for each distinct content, however many names it was seen under.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reading TEXT NOT NULL,          -- what steered the reading besides the bytes; mostly empty
    revision TEXT NOT NULL,         -- version of the program that made the rows
    status TEXT NOT NULL,           -- policy | not-a-policy
    jurisdiction TEXT NOT NULL,     -- KZ | RU | unknown
    languages TEXT NOT NULL,        -- kk | ru | kk+ru | …, in the order of the editions
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    title TEXT,                     -- of the first edition that has one; likewise the next four
    operator TEXT,
    legal_form TEXT,
    identifiers TEXT,               -- JSON: [{"kind", "value"}]
    effective TEXT,                 -- ISO 8601 date
    UNIQUE (sha256, reading)
);

-- One row for each name, address or capture that a content was seen under.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    name TEXT NOT NULL,             -- path, id of a line, or address of an archived page
    url TEXT,
    fetched TEXT,
    archive TEXT,
    offset INTEGER
);
CREATE UNIQUE INDEX sources_key ON sources (name, document, coalesce(fetched, ''));
CREATE INDEX sources_document ON sources (document);

CREATE TABLE editions (
    document INTEGER NOT NULL REFERENCES documents (id),
    edition INTEGER NOT NULL,       -- from 0
    language TEXT NOT NULL,
    title TEXT,
    operator TEXT,
    legal_form TEXT,
    effective TEXT,
    version TEXT,
    PRIMARY KEY (document, edition)
) WITHOUT ROWID;

-- The outline, in the order of the text.
CREATE TABLE nodes (
    document INTEGER NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    parent TEXT,
    depth INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- title | section | clause | item | paragraph | noise
    label TEXT NOT NULL,
    heading TEXT,
    text TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    line INTEGER NOT NULL,
    end_line INTEGER NOT NULL
);
CREATE INDEX nodes_document ON nodes (document, id);

-- Every fact of every layer; columns that a layer does not have are NULL.
CREATE TABLE facts (
    document INTEGER NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    node TEXT NOT NULL,
    layer TEXT NOT NULL,            -- rights, obligations, data_categories, deadlines, contacts, …
    kind TEXT NOT NULL,             -- the layer's kind; a contact's type; a citation's act
    party TEXT,                     -- holder of a right, bearer of an obligation, party of a contact
    modality TEXT,                  -- must | must_not | undertakes
    status TEXT,                    -- processed | not_processed; stated | denied
    value TEXT,                     -- a contact's value, a term, a label referred to, an act's number, a detail
    iso TEXT,                       -- ISO 8601 duration
    approx_days REAL,               -- the same in days, for sorting only (a month is 30.44 of them)
    day_type TEXT,
    bound TEXT,
    starts_from TEXT,               -- a deadline's trigger
    action TEXT,                    -- what a deadline is about
    purpose TEXT,                   -- what a contact is for
    target TEXT,                    -- node referred to; fact that a deadline belongs to
    title TEXT,                     -- an act's title, a term's meaning
    article TEXT,
    condition TEXT,
    quote TEXT NOT NULL,
    cues TEXT NOT NULL,             -- JSON array
    confidence REAL NOT NULL,
    start_char INTEGER,
    end_char INTEGER,
    line INTEGER,
    end_line INTEGER
);
CREATE INDEX facts_document ON facts (document);
CREATE INDEX facts_kind ON facts (layer, kind, party, status, document);

CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id),
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    start_char INTEGER,
    end_char INTEGER,
    line INTEGER,
    end_line INTEGER
);
CREATE INDEX diagnostics_document ON diagnostics (document);
CREATE INDEX diagnostics_code ON diagnostics (code, document);

-- What gave no record. A later run that reads the same place takes its row away.
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    path TEXT NOT NULL,
    line INTEGER,
    offset INTEGER,
    url TEXT,
    fetched TEXT,
    sha256 TEXT,
    reading TEXT
);
CREATE UNIQUE INDEX failures_place ON failures (path, coalesce(line, -1), coalesce(offset, -1));
CREATE INDEX failures_content ON failures (sha256) WHERE sha256 IS NOT NULL;

-- Every published policy, once for each name it was seen under.
CREATE VIEW policies AS
SELECT s.name, s.url, s.fetched, d.id AS document, d.jurisdiction, d.languages, d.title, d.operator,
       d.legal_form, d.effective, d.bytes
FROM documents d JOIN sources s ON s.document = d.id
WHERE d.status = 'policy';

-- Facts with the clause they stand in.
CREATE VIEW clauses AS
SELECT f.document, f.layer, f.kind, f.party, f.quote, n.label, n.kind AS node_kind, n.text, f.line
FROM facts f JOIN nodes n ON n.document = f.document AND n.id = f.node;

-- How many distinct policies grant each right.
CREATE VIEW right_counts AS
SELECT party AS holder, kind, count(DISTINCT document) AS documents
FROM facts WHERE layer = 'rights' GROUP BY party, kind;

-- How many distinct policies process, or say that they do not process, each category of data.
CREATE VIEW data_counts AS
SELECT kind, status, count(DISTINCT document) AS documents
FROM facts WHERE layer = 'data_categories' GROUP BY kind, status;

-- Stated terms and how often they are stated.
CREATE VIEW deadline_counts AS
SELECT coalesce(iso, kind) AS term, day_type, action, count(*) AS mentions,
       count(DISTINCT document) AS documents, max(approx_days) AS approx_days
FROM facts WHERE layer = 'deadlines' GROUP BY coalesce(iso, kind), day_type, action;

-- Acts and how many distinct policies cite them.
CREATE VIEW act_counts AS
SELECT kind AS act, count(DISTINCT document) AS documents, count(*) AS mentions
FROM facts WHERE layer = 'citations' GROUP BY kind;

-- Policies that keep data without end.
CREATE VIEW unlimited_retention AS
SELECT p.name, p.url, p.jurisdiction, p.languages, p.operator, f.quote, f.line
FROM facts f JOIN policies p ON p.document = f.document
WHERE f.layer = 'deadlines' AND f.kind = 'indefinite'
  AND f.action IN ('retention', 'store_data', 'storage_limitation');

CREATE VIEW policies_without_operator AS
SELECT name, url, jurisdiction, languages FROM policies WHERE operator IS NULL;

CREATE VIEW policies_without_contact AS
SELECT name, url, jurisdiction, languages, operator FROM policies p
WHERE NOT EXISTS (SELECT 1 FROM facts f WHERE f.document = p.document AND f.layer = 'contacts');
