"""The untrained score of every question against every block: .6 cosine + .3 IDF coverage + .1 cosine with title; kept in data/base_<firm>.npz."""
from paths import BASE, DATA
import json, numpy as np, torch, re, math
from tokenizers import Tokenizer
from model import Pair
from blocks import context
STOP = set("a about am an and any are as at be been being but by can could did do does doing for from get got had has have having he her here him his how i if im in into is it its just like may me might more most much my need no not now of off on one or our out over own please shall she should so some than that the their them then there these they this those to too until up us very want was we were what when where which while who whom why will with would you your yours hi hello thanks".split())
def stem(w):
    for s in ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "ly", "s"):
        if w.endswith(s) and len(w) - len(s) >= 3: return w[:-len(s)] + ("y" if s == "ies" else "")
    return w[:-1] if w.endswith("e") and len(w) > 4 else w
def terms(t): return [stem(w) for w in re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", t.lower()) if w not in STOP]
tok = Tokenizer.from_file(BASE + "/tokenizer.json"); tok.no_padding(); tok.enable_truncation(160)
def embed(m, texts, bs=64):
    E = [tok.encode(t) for t in texts]; order = sorted(range(len(E)), key=lambda i: len(E[i].ids)); out = np.zeros((len(E), 384), np.float32)
    for k in range(0, len(order), bs):
        b = order[k:k + bs]; L = max(len(E[i].ids) for i in b); ids = torch.zeros(len(b), L, dtype=torch.long); typ = torch.zeros_like(ids)
        for r, i in enumerate(b): n = len(E[i].ids); ids[r, :n] = torch.tensor(E[i].ids); typ[r, :n] = 1
        with torch.no_grad():
            side, full, apart = m.masks(typ); x = m.lower(m.embed(ids, torch.arange(L).expand_as(ids), typ), full); mk = (typ > 0).float()[:, :, None]; v = (x * mk).sum(1) / mk.sum(1); out[b] = (v / v.norm(dim=-1, keepdim=True)).numpy()
    return out
def coverage(Q, B):
    TB = [set(terms((b["lead"] + " " if b["kind"] != "sentence" else "") + b["text"])) for b in B]; N = len(B); df = {}
    for s in TB:
        for t in s: df[t] = df.get(t, 0) + 1
    idf = lambda t: math.log(1 + (N - df.get(t, 0) + .5) / (df.get(t, 0) + .5)); cov = np.zeros((len(Q), N), np.float32)
    for i, q in enumerate(Q):
        T = set(terms(q["q"])); tot = sum(idf(t) for t in T) or 1
        for j, s in enumerate(TB): cov[i, j] = sum(idf(t) for t in T & s) / tot
    return cov
if __name__ == "__main__":
    torch.set_num_threads(2); m = Pair.from_base(joint=6).eval(); D = json.load(open("data/rel.json"))
    for f, d in D.items():
        B, Q = d["blocks"], d["questions"]
        own = [(b["lead"] + " " if b["kind"] != "sentence" else "") + b["text"] for b in B]
        q = embed(m, [x["q"] for x in Q]); b = embed(m, own); t = embed(m, [x["title"] + ". " + o for x, o in zip(B, own)]); cov = coverage(Q, B)
        np.savez(f"data/base_{f}.npz", cos=q @ b.T, cost=q @ t.T, cov=cov, bb=b @ b.T)
        S = .6 * (q @ b.T) + .3 * cov + .1 * (q @ t.T)
        S2 = .35 * (q @ b.T) + .3 * cov + .35 * (q @ t.T)
        for src in sorted({x["src"] for x in Q}):
            for nm, s in (("untrained", S), ("more title", S2)):
                r = []
                for i, x in enumerate(Q):
                    if x["src"] != src or not any(x["gold"]): continue
                    ok = [j for j in range(len(B)) if B[j]["tier"] in ("all", x["tier"])]
                    o = sorted(ok, key=lambda j: -s[i, j])[:24]; g = set(sum(x["gold"], [])); r.append([o[0] in g, any(j in g for j in o[:3]), any(j in g for j in o[:8]), any(j in g for j in o), B[o[0]]["doc"] == x["doc"]])
                print(f, src, nm, len(r), "first/3/8/24/doc", np.mean(r, 0).round(3))
