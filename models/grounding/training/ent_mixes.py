"""The mixes of the later stages, from data/ent_train.jsonl, and the development rows with all of the bank's claims."""
import json, random
from paths import DATA
from premise import condense
def mix(out, seed, cap, twice):
    r = random.Random(seed); R = [json.loads(l) for l in open('data/ent_train.jsonl')]; r.shuffle(R); n = {}; O = []
    for x in R:
        n[x['set']] = n.get(x['set'], 0) + 1
        if n[x['set']] <= cap.get(x['set'], 1e9): O.append(x)
    O += [x for x in R if x['set'].startswith(twice)]
    r.shuffle(O); open(out, 'w').writelines(json.dumps(x) + '\n' for x in O)
mix('data/ent_mix2.jsonl', 5, {'fever_nli': 6000, 'mnli_dev': 6000, 'conj_nli': 3000, 'infotabs': 5000}, ('desk', 'summedits', 'wice', 'factcheck', 'fever_symm'))
mix('data/ent_focus2.jsonl', 9, {'fever_nli': 1200, 'mnli_dev': 1000, 'conj_nli': 500, 'infotabs': 1200, 'factcheck_gpt': 1500, 'begin_dev': 500}, ('desk', 'summedits'))
R = [x for x in map(json.loads, open('data/ent_dev.jsonl')) if x['set'] != 'bank']
B = [json.loads(l) for l in open(DATA + '/desk/bank/claims.jsonl')]
R += [dict(set='bank', claim=x['claim'], premise=condense(x['claim'], x['premise']), full=x['premise'], label=int(x['label']), kind=x['kind'], edit=None, doc=x.get('doc')) for x in B]
open('data/ent_dev2.jsonl', 'w').writelines(json.dumps(x) + '\n' for x in R)
