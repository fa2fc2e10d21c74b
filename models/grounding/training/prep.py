from paths import BASE, DATA
import json, gzip, re, numpy as np
from blocks import *
D = DATA + "/desk/"
def rd(p): return [json.loads(l) for l in open(p)]
out = {}
for f in ["energy", "clinic", "bank"]:
    B = firm(f); Q = []
    if f != "bank":
        for r in rd(D + f + "/evidence_questions.jsonl"):
            gold = []
            for e in r["evidence"]:
                hit = [b["i"] for b in B if b["doc"] == r["doc"] and (e == b["raw"] or e in b["raw"] or b["raw"] in e or plain(e) in b["text"] or (len(b["text"]) > 12 and b["text"] in plain(e)))]
                if not hit: print("LOST", f, r["id"], e[:80])
                gold.append(hit)
            tier = next(b["tier"] for b in B if b["doc"] == r["doc"])
            Q.append(dict(id=r["id"], q=r["question"], doc=r["doc"], gold=gold, kind=r["kind"], src="ev", tier=tier))
    dt = {b["doc"]: b["tier"] for b in B}; n = 0
    for r in rd(D + f + "/questions.jsonl"):
        if r["type"] not in ("answerable", "near_miss"): continue
        m = re.search(r"tier=([\w-]+)", r["note"] or ""); tier = m[1] if m else "all"
        gold = []
        if r["type"] == "answerable":
            for b in B:
                if b["doc"] != r["gold_doc"]: continue
                t = b["text"] if b["kind"] == "sentence" else (b["lead"] + " " + b["text"])
                if all(re.search(p, t, re.I) for p in r["must"]): gold.append(b["i"])
            n += not gold
        Q.append(dict(id=r["id"], q=r["question"], doc=r["gold_doc"], gold=[gold], kind=r["type"], src="q", tier=tier, must=r["must"], must_not=r["must_not"]))
    print(f, len(B), "blocks", len(Q), "questions; answerable without any one right block", n)
    out[f] = dict(blocks=B, questions=Q)
B = xquad(); Q = []; amb = 0
for l in gzip.open(DATA + "/retrieval/xquad_en_questions.jsonl.gz", "rt"):
    r = json.loads(l); gold = [b["i"] for b in B if b["doc"] == r["gold_doc"] and any(a in b["text"] for a in r["answers"])]; amb += len(gold) > 1
    if not gold: print("LOST", r["id"], r["answers"])
    Q.append(dict(id=r["id"], q=r["question"], doc=r["gold_doc"], gold=[gold], kind="xquad", src="xq", tier="all"))
print("xquad", len(B), len(Q), "ambiguous", amb)
out["xquad"] = dict(blocks=B, questions=Q)
json.dump(out, open("data/rel.json", "w"))
