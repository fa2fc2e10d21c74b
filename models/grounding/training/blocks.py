"""Articles (Markdown) to blocks, the unit of evidence: a sentence, a list item with its lead-in, a table row with its header."""
from paths import BASE, DATA
import re, json, gzip, pathlib

ABBR = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|incl|excl|no|nos|vs|cf|mr|mrs|ms|dr|st|prof|sr|jr|ltd|inc|co|dept|ext|tel|min|max|a\.m|p\.m)|\b[A-Z])\.$", re.I)
STARTS = re.compile(r"^\s*(?:The|A|An|If|You|We|Your|Our|This|That|It|When|For|To|In|On|There|They|Please|But|And)\b")

def sentences(text):
    out, start = [], 0
    for m in re.finditer(r"[.!?][\"')\]]*(?=\s|$)", text):
        piece = text[start:m.end()]
        rest = text[m.end():]
        if ABBR.search(piece) and rest and not STARTS.match(rest): continue
        if rest.strip() and re.match(r"\s*[a-z]", rest): continue
        if piece.strip(): out.append(piece.strip())
        start = m.end()
    if text[start:].strip(): out.append(text[start:].strip())
    return out

def plain(s):
    s = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", s)
    s = re.sub(r"(\*\*|__|`)", "", s)
    s = re.sub(r"(?<!\w)[*_](\S[^*_]*)[*_](?!\w)", r"\1", s)
    return re.sub(r"\s+", " ", s).strip()

def cells(line): return [plain(c) for c in line.strip().strip("|").split("|")]

def blocks_of(article, text):
    """[{doc, tier, title, headings, kind, text, lead, raw, para}] of one Markdown article with front matter."""
    meta = {}
    m = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if m:
        for l in m[1].splitlines():
            k, _, v = l.partition(":"); meta[k.strip()] = v.strip().strip('"')
        text = text[m.end():]
    title, heads, out, para, lastsent = meta.get("title", ""), [], [], 0, ""
    groups, cur = [], []
    for line in text.split("\n"):
        kind = "blank" if not line.strip() else "head" if line.startswith("#") else "row" if line.lstrip().startswith("|") else "item" if re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line) else "text"
        if kind == "text" and cur and cur[0][0] == "item" and line.startswith((" ", "\t")): cur[-1][1] += " " + line.strip(); continue
        if cur and kind != cur[0][0]: groups.append(cur); cur = []
        if kind != "blank": cur.append([kind, line])
    if cur: groups.append(cur)
    def add(kind, own, lead, raw, **kw):
        out.append(dict(doc=article, tier=meta.get("tier", "all"), title=plain(title), headings=[h for _, h in heads], kind=kind, text=own, lead=lead, raw=raw, para=para, **kw))
    for g in groups:
        kind = g[0][0]; para += 1
        if kind == "head":
            for _, l in g:
                n = len(l) - len(l.lstrip("#")); h = plain(l.lstrip("# "))
                heads = [x for x in heads if x[0] < n]
                if n > 1 or h.lower() != plain(title).lower(): heads.append((n, h))
                if n == 1 and not title: title = h
            lastsent = ""
        elif kind == "text":
            raw = " ".join(l.strip() for _, l in g); prev = ""
            for s in sentences(raw):
                add("sentence", plain(s), prev, s); prev = plain(s)
            lastsent = prev
        elif kind == "item":
            lead = lastsent if lastsent.endswith(":") else lastsent
            for _, l in g:
                own = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", l); add("item", plain(own), lead, l.strip())
        else:
            rows = [cells(l) for _, l in g]; head = rows[0] if len(g) > 1 and re.match(r"^[\s|:-]+$", g[1][1]) else None
            for r, (_, l) in list(zip(rows, g))[2 if head else 0:]:
                own = "; ".join(f"{h}: {c}" if h else c for h, c in zip(head, r)) if head else "; ".join(r)
                add("row", own, lastsent, l.strip(), header=head, cells=r)
    return out

def firm(name, root=DATA + "/desk"):
    B = []
    for p in sorted(pathlib.Path(root, name, "documents").glob("*.md")): B += blocks_of(p.stem, p.read_text())
    for i, b in enumerate(B): b["i"] = i
    return B

def xquad(root=DATA + "/retrieval"):
    B = []
    for l in gzip.open(root + "/xquad_en_corpus.jsonl.gz", "rt"):
        d = json.loads(l); prev = ""
        for s in sentences(d["text"]):
            B.append(dict(doc=d["id"], tier="all", title=d["title"].replace("_", " "), headings=[], kind="sentence", text=s, lead=prev, raw=s, para=0)); prev = s
    for i, b in enumerate(B): b["i"] = i
    return B

def context(b): return ". ".join(x for x in [b["title"].rstrip(".")] + b["headings"][-1:] if x) + (". " + b["lead"] if b["lead"] else "")
