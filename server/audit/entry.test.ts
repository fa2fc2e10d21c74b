import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GENESIS, canonical, checkChain, hashEntry, millionths, sha256 } from './entry.ts'
import type { StoredEntry } from './entry.ts'

const data = fc.dictionary(
  fc.string({ maxLength: 6 }),
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.maxSafeInteger(),
    fc.constant(null),
    fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }),
  ),
  { noNullPrototype: true, maxKeys: 4 },
)
const headers = fc.array(fc.record({ type: fc.string({ minLength: 1, maxLength: 8 }), actor: fc.string({ maxLength: 8 }), data }), {
  minLength: 1,
  maxLength: 6,
})

const chainOf = (entries: { type: string; actor: string; data: Record<string, unknown> }[]): StoredEntry[] => {
  let before = GENESIS
  return entries.map(({ type, actor, data }) => {
    const header = { seq: before.seq + 1, at: 1000, type, actor, conversation: null, turn: 'turn_1', data, body: null, prev: before.hash }
    const stored = { ...header, data: canonical(data), hash: hashEntry(header) }
    before = stored
    return stored
  })
}

test('a chain that was written is whole', () => {
  fc.assert(fc.property(headers, (entries) => checkChain(chainOf(entries)) === null))
})

test('any other letter in any field of any entry is found, and at the right place', () => {
  fc.assert(
    fc.property(headers, fc.nat(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 127 }), (entries, which, field, place, flip) => {
      const chain = chainOf(entries)
      const index = which % chain.length
      const entry = chain[index]!
      const texts = (['type', 'actor', 'turn', 'data', 'prev', 'hash'] as const).filter((name) => (entry[name] ?? '').length > 0)
      const name = texts[field % texts.length]!
      const text = entry[name]!
      const at = place % text.length
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ flip) + text.slice(at + 1)
      const found = checkChain(chain.with(index, { ...entry, [name]: changed }))
      expect(found?.seq).toBe(entry.seq)
    }),
  )
})

test('an entry that is missing, doubled or in another order is found', () => {
  fc.assert(
    fc.property(headers, fc.nat(), (entries, which) => {
      const chain = chainOf([...entries, ...entries])
      const index = which % (chain.length - 1)
      expect(checkChain(chain.toSpliced(index, 1))).toEqual({ seq: index + 1, damage: 'missing' })
      expect(checkChain(chain.toSpliced(index, 0, chain[index]!))).toEqual({ seq: index + 2, damage: 'missing' })
    }),
  )
})

test('an entry that was written anew with its own hash no longer links', () => {
  const chain = chainOf([1, 2, 3].map((n) => ({ type: 'a', actor: 'system', data: { n } })))
  const forged = { ...chain[1]!, type: 'b' }
  const { data: text, hash: _, ...rest } = forged
  const hash = hashEntry({ ...rest, data: JSON.parse(text) as Record<string, unknown> })
  expect(checkChain(chain.with(1, { ...forged, hash }))).toEqual({ seq: 3, damage: 'unlinked' })
})

test('the same data in another spelling are not the same entry', () => {
  const [entry] = chainOf([{ type: 'a', actor: 'system', data: { a: '\u001f', b: 1 } }])
  for (const data of [
    '{"b":1,"a":"\\u001f"}',
    '{"a":"\\u001F","b":1}',
    '{"a": "\\u001f","b":1}',
    '{"a":"\\u001f","b":1.0}',
    '{"a":1,"a":"\\u001f","b":1}',
    '{',
  ])
    expect(checkChain([{ ...entry!, data }])).toEqual({ seq: 1, damage: 'changed' })
})

test('data that were no JSON when they were hashed are found too', () => {
  const [entry] = chainOf([{ type: 'a', actor: 'system', data: {} }])
  const header = `{"actor":"system","at":1000,"body":null,"conversation":null,"data":{,"prev":"${GENESIS.hash}","seq":1,"turn":"turn_1","type":"a"}`
  expect(checkChain([{ ...entry!, data: '{', hash: sha256(header) }])).toEqual({ seq: 1, damage: 'malformed' })
})

test('what is hashed is the canonical JSON of the whole entry', () => {
  const text = fc.string({ unit: 'binary' })
  const all = fc.record({ seq: fc.nat(), at: fc.nat(), type: text, actor: text, conversation: text, data, prev: text })
  fc.assert(
    fc.property(all, (entry) => {
      const whole = { ...entry, turn: null, body: null }
      return hashEntry(whole) === sha256(canonical(whole))
    }),
  )
})

test('the log takes integers and strings only', () => {
  expect(canonical({ b: [1, null, 'é'], a: { n: -5 } })).toBe('{"a":{"n":-5},"b":[1,null,"é"]}')
  for (const [value, place] of [
    [{ a: { score: 0.5 } }, '.a.score is 0.5'],
    [{ a: [1, NaN] }, '.a[1] is NaN'],
    [{ a: 2 ** 53 }, '.a is 9007199254740992'],
    [{ a: true }, '.a is a boolean'],
    [{ a: undefined }, '.a is a undefined'],
    [{ a: new Date(0) }, '.a is a object'],
    [{ a: '\ud800' }, '.a is a string'],
    [{ '\ud800': 1 }, '(name)'],
  ] as const)
    expect(() => canonical(value)).toThrow(place)
  const header = { seq: 1, at: 1, type: 'a', actor: '\ud800', conversation: null, turn: null, data: {}, body: null, prev: GENESIS.hash }
  expect(() => hashEntry(header)).toThrow('.actor is a string')
})

test('figures become millionths, and what is no figure is refused', () => {
  expect(millionths(0.9123456)).toBe(912346)
  expect(() => millionths(NaN)).toThrow(RangeError)
  expect(() => millionths(Infinity)).toThrow(RangeError)
})

test('the hash is the one that anybody computes from RFC 8785 and SHA-256', () => {
  // printf '{"actor":"system","at":1,"body":null,"conversation":null,"data":{"n":1},"prev":"00…00","seq":1,"turn":null,"type":"a"}' | sha256sum
  const header = {
    seq: 1,
    at: 1,
    type: 'a',
    actor: 'system',
    conversation: null,
    turn: null,
    data: { n: 1 },
    body: null,
    prev: GENESIS.hash,
  }
  expect(hashEntry(header)).toBe('8ccb43cb8c82e25e2eefe0d67d28fe69b8a420c5991e3a856c93eadf56f533fa')
})
