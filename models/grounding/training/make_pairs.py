"""Pairs made by rule from articles: a claim and its edited twin, each against the window as it stands and the window with the same edit: nothing in the claim alone tells."""
import re, random, json
NUMW = {1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine', 10: 'ten', 11: 'eleven', 12: 'twelve', 14: 'fourteen', 15: 'fifteen', 20: 'twenty', 30: 'thirty'}
WNUM = {v: k for k, v in NUMW.items()}
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(); MONTHS = 'January February March April May June July August September October November December'.split()
UNITS = [('working days', 'days'), ('days', 'weeks'), ('hours', 'days'), ('minutes', 'hours'), ('weeks', 'months'), ('months', 'years'), ('a month', 'a year'), ('a day', 'a week'), ('per cent', 'pounds')]
NEG = [(' can ', ' cannot '), (' cannot ', ' can '), (' do not ', ' do '), (' does not ', ' does '), (' is not ', ' is '), (' are not ', ' are '), (' will not ', ' will '), (' is ', ' is not '), (' are ', ' are not '), (' will ', ' will not '), (' may ', ' may not '), (' has to ', ' does not have to '), (' have to ', ' do not have to '), (' must not ', ' must '), (' free', ' charged for'), ('before', 'after'), ('after', 'before'), ('at least', 'at most'), ('up to', 'at least'), ('more than', 'less than'), ('included', 'not included'), ('over ', 'under '), ('under ', 'over '), ('the same day', 'the next day')]
MODAL = [(' must ', ' may '), (' may ', ' must '), (' can ', ' must '), (' usually ', ' always '), (' only ', ' also '), (' should ', ' must '), (' always ', ' sometimes '), (' need to ', ' may '), (' normally ', ' always '), ('all ', 'some '), ('every ', 'most '), (' might ', ' will '), (' could ', ' will '), (' aim to ', ' promise to ')]
def number(s, r):
    m = list(re.finditer(r'(?<![\w.])(?:£?\d[\d,]*(?:\.\d+)?)(?=(?:[a-z]{0,2}\b|%))|\b(?:' + '|'.join(w for w in WNUM if w != 'one') + r')\b', s))
    m = [x for x in m if not re.match(r'0\d', x[0])]
    if not m: return None
    x = r.choice(m); t = x[0]
    if t in WNUM: v = NUMW[r.choice([k for k in NUMW if k != WNUM[t] and (abs(k - WNUM[t]) <= 6 or WNUM[t] > 15) and k > 1])]
    else:
        d = t.lstrip('£').replace(',', ''); n = float(d); hour = re.match(r'(?:am|pm)', s[x.end():]) and n <= 12
        if hour: v = str(r.choice([k for k in range(1, 13) if k != n]))
        elif '.' in d: v = f'{n * r.choice([.5, .8, 1.2, 1.5, 2]):.{len(d.split(".")[1])}f}'
        elif n >= 100: v = str(int(r.choice([n * .5, n * .8, n * 1.2, n * 1.5, n * 2, n + 10, n - 10])))
        else: v = str(int(r.choice([k for k in (n * 2, n + 1, n + 2, n - 1, n - 2, n + 5, n // 2, n * 3) if k > 0 and k != n])))
        v = ('£' if t[0] == '£' else '') + (f'{int(v):,}' if ',' in t else v)
    return (t, v, x.start()) if v != t else None
def pick(s, r, L):
    L = [(a, b) for a, b in L if re.search(r'(?<!\w)' + re.escape(a), s) and not re.search(re.escape(a) + r'not\b', s)]
    if not L: return None
    a, b = r.choice(L); return (a, b, re.search(r'(?<!\w)' + re.escape(a), s).start())
def date(s, r):
    for L in (DAYS, MONTHS):
        h = [d for d in L if re.search(rf'\b{d}\b', s)]
        if h: a = r.choice(h); return (a, r.choice([d for d in L if d != a and d not in h]), s.index(a))
def unit(s, r):
    L = [(a, b) for a, b in UNITS + [(b, a) for a, b in UNITS] if re.search(rf'\b{a}\b', s)]
    if not L: return None
    a, b = max(L, key=lambda p: (len(p[0]) + r.random())); return (a, b, s.index(a))
def names(texts):
    c = {}
    for t in texts:
        for m in re.finditer(r'(?<=[a-z,] )((?:[A-Z][a-z]+)(?: [A-Z][a-z]+)*)', t): c[m[0]] = c.get(m[0], 0) + 1
    return [k for k, v in c.items() if v > 1 and k not in DAYS + MONTHS]
def edit(s, r, NAMES):
    """(kind, old, new, at) or None."""
    def name(s, r):
        h = [n for n in NAMES if n in s]
        if not h: return None
        a = max(h, key=len); return (a, r.choice([n for n in NAMES if n not in s]), s.index(a))
    F = [('number', number), ('date', date), ('unit', unit), ('negation', lambda s, r: pick(s, r, NEG)), ('modality', lambda s, r: pick(s, r, MODAL)), ('name', name)]; r.shuffle(F)
    for k, f in F:
        e = f(s, r)
        if e: return (k,) + e
def put(s, a, b, at): return s[:at] + b + s[at + len(a):]
SYN = [(r'\bYou can\b', ['Customers can', "It's possible to", 'You are able to']), (r'\byou can\b', ['customers can', 'you are able to']), (r'\bcannot\b', ["can't", 'are not able to']), (r'\bdo not\b', ["don't"]), (r'\bdoes not\b', ["doesn't"]), (r'\bis not\b', ["isn't"]), (r'\bmust\b', ['have to', 'need to']), (r'\bhave to\b', ['must', 'need to']), (r'\bcosts?\b', ['is priced at']), (r'\bfee\b', ['charge']), (r'\bcharge\b', ['fee']), (r'\bWe\b', ['The company', 'They']), (r'\bwe\b', ['the company', 'they']), (r'\bour\b', ["the company's"]), (r'\bsend\b', ['issue', 'send out']), (r'\bpay\b', ['be charged', 'pay']), (r'\bring\b', ['call', 'phone']), (r'\bcall\b', ['phone', 'ring']), (r'\bwithin\b', ['in', 'no later than']), (r'\bat least\b', ['no less than', 'a minimum of']), (r'\bup to\b', ['a maximum of', 'at most']), (r'\bask for\b', ['request']), (r'\bneed\b', ['require']), (r'\bgive\b', ['provide']), (r'\bstarts?\b', ['begins']), (r'\bwhen\b', ['once', 'as soon as']), (r'\bfree\b', ['without charge', 'at no cost']), (r'\bmore than\b', ['over']), (r'\bother\b', ['different']), (r'\bstop\b', ['end']), (r'\bbuy\b', ['purchase']), (r'\bget\b', ['receive']), (r'\ba year\b', ['per year', 'every year']), (r'\ba month\b', ['per month', 'each month'])]
def reword(s, r):
    for pat, alts in r.sample(SYN, len(SYN))[:16]:
        if r.random() < .8: s = re.sub(pat, lambda m: r.choice(alts), s, count=1)
    def num(m):
        n = int(m[0]); return NUMW[n] if n in NUMW and r.random() < .5 else m[0]
    s = re.sub(r'(?<![\w.,£:])\d{1,2}(?= (?:days?|weeks?|months?|hours?|minutes?|years?|working)\b)', num, s)
    s = re.sub(r'\b(%s)\b(?= (?:days?|weeks?|months?|hours?|minutes?|years?|working)\b)' % '|'.join(WNUM), lambda m: str(WNUM[m[0]]) if r.random() < .5 else m[0], s)
    s = re.sub(r'\b(14|fourteen) days\b', lambda m: r.choice(['two weeks', m[0], m[0]]), s); s = re.sub(r'\b(\d{1,2})(am|pm)\b', lambda m: r.choice([m[0], f'{(int(m[1]) % 12) + (12 if m[2] == "pm" else 0):02d}:00', f'{m[1]} {m[2]}']), s)
    if r.random() < .4:                                            # the condition moved to the other end
        m = re.match(r'(If|When|Once|After|Before) ([^,]{8,90}), (.{10,})\.$', s)
        if m: s = m[3][0].upper() + m[3][1:] + ' ' + m[1].lower() + ' ' + m[2] + '.'
        else:
            m = re.match(r'(.{15,}?),? (if|when|once|unless) ([^,.]{8,90})\.$', s)
            if m: s = m[2].capitalize() + ' ' + m[3] + ', ' + m[1][0].lower() + m[1][1:] + '.'
    return s
def row_claim(b, r):
    h, c = b.get('header'), b['cells']
    if not h or len(h) != len(c) or len(c) < 2: return None
    k = r.randrange(1, len(c))
    return r.choice([f'For {c[0]}, the {h[k][:1].lower() + h[k][1:]} is {c[k]}.', f'{h[k]} for {c[0]}: {c[k]}.', f'{c[0]}: {h[k][:1].lower() + h[k][1:]} {c[k]}.']), k
def make(B, r, skip=()):
    NAMES = names([b['text'] for b in B]); out = []; by = {}
    for b in B: by.setdefault((b['doc']), []).append(b)
    for doc, L in by.items():
        if doc in skip: continue
        for n, b in enumerate(L):
            if len(b['text'].split()) < 6 and b['kind'] != 'row': continue
            lo = max(0, n - r.randint(0, 4)); W = [x['text'] for x in L[lo:n + r.randint(1, 4)]]; at = n - lo
            if b['kind'] == 'row':
                rc = row_claim(b, r)
                if not rc: continue
                claim, k = rc; alt = [x for x in L if x.get('header') == b['header'] and x['cells'][k] != b['cells'][k]]
                if alt and r.random() < .7: kind, old, new = 'neighbour_row', b['cells'][k], r.choice(alt)['cells'][k]
                else:
                    e = edit(b['cells'][k], r, NAMES)
                    if not e: continue
                    kind, old, new = e[0], b['cells'][k], put(b['cells'][k], *e[1:])
                if len(old) < 1 or old == new: continue
                e = (old, new, claim.rindex(old)); pe = (f"{b['header'][k]}: {old}", f"{b['header'][k]}: {new}")
                if pe[0] not in b['text']: continue
                other = b['text'].replace(*pe); base = b['text']
            else:
                claim = base = b['text'].rstrip(':') ; x = edit(claim, r, NAMES)
                if not x: continue
                kind, e = x[0], x[1:]; other = put(claim, *e)
            false = put(claim, *e); P = ' '.join(W); W2 = W[:]; W2[at] = other; P2 = ' '.join(W2); rw = (lambda s: reword(s, r)) if r.random() < .75 else (lambda s: s)
            g = [(rw(claim), P, 1), (rw(false), P, 0), (rw(false), P2, 1), (rw(claim), P2, 0)]
            if r.random() < .5: g = g[:2] if r.random() < .3 else [g[0], g[3]] if r.random() < .5 else [g[1], g[2]]
            u = r.random(); rest = [w for i, w in enumerate(W) if i != at]
            if u < .18 and len(rest) >= 1: g.append((rw(claim), ' '.join(rest), 0)); kinds = 'removed'
            elif u < .3: o = r.choice(list(by.values())); q = r.randrange(len(o)); g.append((rw(claim), ' '.join(z['text'] for z in o[q:q + 4]), 0) if o is not L else g[0])
            m = re.match(r'(?:If|When|Unless) ([^,]{8,90}), (.{12,})\.$', claim) or None
            if m and r.random() < .7: g.append((rw(m[2][0].upper() + m[2][1:] + '.'), P, 0)); W3 = W[:]; W3[at] = m[2][0].upper() + m[2][1:] + '.'; g.append((rw(m[2][0].upper() + m[2][1:] + '.'), ' '.join(W3), 1))
            if at + 1 < len(W) and b['kind'] == 'sentence' and r.random() < .2 and len(W[at + 1].split()) < 22:
                t = W[at + 1]; g.append((rw(claim.rstrip('.')) + ', and ' + t[0].lower() + t[1:], P, 1)); g.append((rw(false.rstrip('.')) + ', and ' + t[0].lower() + t[1:], P, 0))
            out += [dict(claim=c, premise=p, label=y, kind=kind, doc=doc) for c, p, y in g]
    return out
if __name__ == '__main__':
    from blocks import firm
    r = random.Random(3)
    for f in ('energy', 'clinic'):
        R = make(firm(f), r); print(f, len(R), sum(x['label'] for x in R))
        for x in r.sample(R, 14): print(x['label'], x['kind'], '|', x['claim'], '|', x['premise'][:400])
