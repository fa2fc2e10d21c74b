"""A premise as the entailment model reads it: its sentences, list items and rows, the ones most like the claim, in their order, at most 110 words."""
import re, math
from blocks import sentences, plain, cells
from untrained import terms
def units(premise):
    out, head, lead, prev = [], None, "", False
    lines = premise.split("\n"); k = 0
    while k < len(lines):
        l = lines[k].strip(); k += 1
        if not l: continue
        if l.startswith("|"):
            r = cells(l)
            if re.match(r"^[\s|:-]+$", l): continue
            if k < len(lines) and re.match(r"^\s*\|[\s|:-]+$", lines[k]): head = r; continue
            out.append("; ".join(f"{h}: {c}" if h else c for h, c in zip(head, r)) if head and len(head) == len(r) else "; ".join(r)); continue
        head = None
        if re.match(r"(?:[-*+]|\d+[.)])\s+", l): out.append(plain(re.sub(r"^(?:[-*+]|\d+[.)])\s+", "", l))); continue
        out += [plain(s) for s in sentences(l.lstrip("# "))]
    return [u for u in out if u]
def condense(claim, premise, limit=110):
    """Every unit whole while the words fit; else units by IDF-weighted share of the claim's words and bigrams, best first, until `limit` words; then in order."""
    U = units(premise); n = [len(u.split()) for u in U]
    if sum(n) <= limit or len(U) == 1: return " ".join(U)
    T = [terms(u) for u in U]; c = terms(claim); df = {}
    for t in T:
        for w in set(t): df[w] = df.get(w, 0) + 1
    idf = lambda w: math.log(1 + (len(U) - df.get(w, 0) + .5) / (df.get(w, 0) + .5)); cs = set(c); cb = set(zip(c, c[1:]))
    sc = [sum(idf(w) for w in cs & set(t)) / (1 + .02 * k) + .5 * len(cb & set(zip(t, t[1:]))) for t, k in zip(T, n)]
    sc = [s + .25 * max(sc[i - 1] if i else 0, sc[i + 1] if i + 1 < len(sc) else 0) for i, s in enumerate(sc)]
    keep, used = set(), 0
    for i in sorted(range(len(U)), key=lambda i: -sc[i]):
        if used + n[i] > limit and keep: continue
        keep.add(i); used += n[i]
    return " ".join(U[i] for i in sorted(keep))
