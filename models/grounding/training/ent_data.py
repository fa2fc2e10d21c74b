from paths import BASE, DATA
import json, gzip, random, glob
from blocks import firm, xquad
from premise import condense
from make_pairs import make
G = DATA + "/grounding/"; DK = DATA + "/desk/"; r = random.Random(11)
rd = lambda p: [json.loads(l) for l in (gzip.open(p, "rt") if p.endswith("gz") else open(p))]
train, dev = [], []
def hold(rows, key, share):
    ks = sorted({key(x) for x in rows}); r.shuffle(ks); h = set(ks[:max(1, int(share * len(ks)))])
    return [x for x in rows if key(x) not in h], [x for x in rows if key(x) in h]
def take(name, rows, n):
    r.shuffle(rows); rows = rows[:n] if n else rows
    return [dict(set=name, claim=x["claim"], premise=x["premise"], label=int(x["label"]), kind=x.get("kind"), edit=x.get("edit"), doc=x.get("doc")) for x in rows]
for name, share, n in [("fever_nli", .03, 9000), ("mnli_dev", .03, 8000), ("conj_nli", .02, 5000), ("infotabs", .0, 9000), ("factcheck_gpt", .15, 0), ("begin_dev", .25, 0), ("wice_dev_chunks", .3, 0), ("fever_symmetric", .25, 0), ("summedits", .25, 0)]:
    rows = rd(G + name + ".jsonl.gz")
    if name == "fever_symmetric": key = lambda x: x["premise"][:60]
    elif name == "wice_dev_chunks": key = lambda x: x["claim"]
    elif name == "factcheck_gpt": key = lambda x: x["claim"]
    else: key = lambda x: x["premise"][:80]
    a, b = hold(rows, key, share) if share else (rows, [])
    train += take(name, a, n); dev += take(name, b, 500)
dev += take("infotabs_dev", rd(G + "infotabs_dev.jsonl.gz"), 500)
wd = {x["claim"] for x in dev if x["set"] == "wice_dev_chunks"}; dev += take("wice_whole", [x for x in rd(G + "wice_dev.jsonl.gz") if x["claim"] in wd], 0)
for f in ("energy", "clinic"):
    rows = rd(DK + f + "/claims_symmetric.jsonl"); docs = sorted({x["doc"] for x in rows}); r.shuffle(docs); out = set(docs[:6])
    train += take("desk_" + f, [x for x in rows if x["doc"] not in out], 0); dev += take("desk_" + f, [x for x in rows if x["doc"] in out], 0)
    made = make(firm(f), r, skip=out); r.shuffle(made); train += take("made_" + f, made, 2200)
made = make([dict(b, cells=None) for b in xquad()], r); r.shuffle(made); train += take("made_xquad", made, 1500)
dev += take("bank", rd(DK + "bank/claims.jsonl"), 0)
for x in train + dev: x["premise_raw"] = x["premise"] if x["set"] in () else None; x["full"] = x["premise"]; x["premise"] = condense(x["claim"], x["premise"]); del x["premise_raw"]
for x in train: del x["full"]
r.shuffle(train)
for n, R in (("train", train), ("dev", dev)):
    with open(f"data/ent_{n}.jsonl", "w") as f:
        for x in R: f.write(json.dumps(x) + "\n")
    c = {}
    for x in R: a = c.setdefault(x["set"], [0, 0, 0]); a[0] += 1; a[1] += x["label"]; a[2] += len((x["claim"] + x["premise"]).split())
    print(n, len(R), {k: (v[0], round(v[1] / v[0], 2), v[2] // v[0]) for k, v in c.items()})
