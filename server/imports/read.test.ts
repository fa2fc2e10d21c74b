import { expect, test } from 'vitest'
import { prepare, proposed } from './prepare.ts'
import { readPastQuestions } from './read.ts'

const read = (name: string, text: string | Buffer) => readPastQuestions({ name, bytes: Buffer.from(text) })
const questionsOf = async (name: string, text: string | Buffer) => {
  const sheet = await read(name, text)
  return prepare(sheet, proposed(sheet))
}
const texts = (prepared: { questions: { text: string }[] }) => prepared.questions.map((q) => q.text)

test('a table whose cells hold commas, quotation marks and line breaks is read whole', async () => {
  const { questions, left } = await questionsOf(
    'q.csv',
    'id,question\n1,"What is ""Plus"", and\nwhat does it cost?"\n2,When are you open?\n',
  )
  expect(questions).toEqual([
    { line: 2, text: 'What is "Plus", and\nwhat does it cost?' },
    { line: 4, text: 'When are you open?' },
  ])
  expect(left).toEqual([])
})

test.each([
  ['semicolons', 'id;question\n1;What, please, does it cost?\n'],
  ['tabs', 'id\tquestion\n1\tWhat, please, does it cost?\n'],
])('%s cut the cells when the first line says so', async (_, text) => {
  expect(texts(await questionsOf('q.csv', text))).toEqual(['What, please, does it cost?'])
})

test('a file from an old spreadsheet is read in its own encoding', async () => {
  const bytes = Buffer.from('question\nWhat does the £5 fee cover, and is the café open?\n', 'latin1')
  expect(texts(await questionsOf('q.csv', bytes))).toEqual(['What does the £5 fee cover, and is the café open?'])
})

test('a bad line is named, and the others are taken', async () => {
  const csv = await questionsOf('q.csv', 'id,question\n1,What is it?\n2,Oh, no, too many\n3,Where is it?\n')
  expect(texts(csv)).toEqual(['What is it?', 'Where is it?'])
  expect(csv.left).toEqual([{ line: 3, why: expect.stringContaining('4 cells for 2 columns') }])

  const jsonl = await questionsOf('q.jsonl', '{"question": "What is it?"}\n{"question": "Whe\n\n[1]\n{"question": "Where is it?"}\n')
  expect(texts(jsonl)).toEqual(['What is it?', 'Where is it?'])
  expect(jsonl.left).toEqual([
    { line: 2, why: expect.stringContaining('no JSON') },
    { line: 4, why: expect.stringContaining('no object') },
  ])
})

test('what lies deeper in a JSON object is a column too', async () => {
  const sheet = await read('q.ndjson', '{"id": 7, "turns": [{"role": "user", "content": "Is it open on Sunday?"}]}\n')
  expect(sheet.columns).toEqual(['id', 'turns.0.role', 'turns.0.content'])
  expect(proposed(sheet).column).toBe('turns.0.content')
})

test('every row of the file is a question or is left out with a reason', async () => {
  const sheet = await read('q.csv', 'question\nWhat is it?\n  what is IT\n"  "\n???\n' + 'x '.repeat(2500) + '\n')
  const { questions, left } = prepare(sheet, proposed(sheet))
  expect(questions).toEqual([{ line: 2, text: 'What is it?' }])
  expect(left.map((l) => [l.line, l.why.split(' ').slice(0, 3).join(' ')])).toEqual([
    [3, 'The same question'],
    [4, 'There is no'],
    [5, 'There is no'],
    [6, 'Longer than 4,000'],
  ])
})

test('personal data is masked before anything is kept', async () => {
  const { questions, masked } = await questionsOf(
    'q.csv',
    'question\n"Mail me at ann@example.com, my card is 4111 1111 1111 1111, is it blocked?"\n',
  )
  expect(questions[0]?.text).toBe('Mail me at [email address], my card is [card number], is it blocked?')
  expect(masked).toBe(1)
})

test.each([
  ['q.csv', '', 'is empty'],
  ['q.csv', 'id,question\n', 'No question was found'],
  ['q.xlsx', 'PK', 'cannot be read here'],
  ['q.csv', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3]), 'not text'],
  ['q.jsonl', '{"question": "unfinished\n', 'Line 1: This line is no JSON'],
])('%s that cannot be used says what to do (%#)', async (name, text, words) => {
  await expect(read(name, text)).rejects.toThrow(words)
})

const mail = (head: string, body: string) => `From ann@example.com Mon Jan  5 09:00:00 2026\n${head}\n\n${body}\n\n`
const MBOX = [
  mail(
    'From: Ann <ann@example.com>\nTo: help@alder.example\nSubject: Card\nMessage-ID: <1@example.com>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
    'Hello there,\n\nwhat does a lost card cost? =C2=A35?\n\n>From my side it is urgent.\n\nKind regards,\nAnn Example\n07700 900123',
  ),
  mail(
    'From: Help <help@alder.example>\nTo: ann@example.com\nSubject: Re: Card\nMessage-ID: <2@alder.example>\nIn-Reply-To: <1@example.com>\nReferences: <1@example.com>',
    'Dear Ann, it costs £5.',
  ),
  mail(
    'From: Ann <ann@example.com>\nTo: help@alder.example\nSubject: Re: Card\nMessage-ID: <3@example.com>\nIn-Reply-To: <2@alder.example>\nReferences: <1@example.com> <2@alder.example>',
    'And a second one?\n\nOn Mon, 5 Jan 2026 at 09:10, Help <help@alder.example>\nwrote:\n> Dear Ann, it costs £5.',
  ),
  mail('From: robot@example.com\nTo: help@alder.example\nSubject: Out of office\nAuto-Submitted: auto-replied', 'I am away.'),
  mail(
    'From: Bo <bo@example.com>\nTo: help@alder.example\nSubject: =?utf-8?q?Opening_hours_caf=C3=A9?=\nMessage-ID: <4@example.com>\nContent-Type: text/html; charset=utf-8',
    '<p>When is the <b>caf&eacute;</b> open?</p><p>Sent from my iPhone</p>',
  ),
].join('')

test('of a mailbox the first message of each conversation counts, in the words of its writer alone', async () => {
  const sheet = await read('export.mbox', MBOX)
  expect(proposed(sheet)).toEqual({ column: 'text', own: ['alder.example'] })
  const { questions, left } = prepare(sheet, proposed(sheet))
  expect(questions.map((q) => q.text)).toEqual(['what does a lost card cost? £5?\n\nFrom my side it is urgent.', 'When is the café open?'])
  expect(left.map((l) => l.why)).toEqual([
    'Written by one of your own people.',
    'A further message of the conversation that begins in line 1; only the first of each counts.',
    'Sent by a machine, not by a person.',
  ])
  expect(sheet.rows.at(-1)?.cells['subject']).toBe('Opening hours café')
})

test('a single saved message is a mailbox of one', async () => {
  expect(texts(await questionsOf('a.eml', 'From: Ann <ann@example.com>\nSubject: When are you open on Sunday?\n\n'))).toEqual([
    'When are you open on Sunday?',
  ])
})

test('more than can be read at once is refused whole, and nothing is cut off in silence', async () => {
  await expect(read('q.csv', `question\n${'Is it open today?\n'.repeat(50_001)}`)).rejects.toThrow('50,001 rows')
  await expect(read('q.csv', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'))).rejects.toThrow('larger than 20 MB')
})
