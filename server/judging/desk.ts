/** Who judges what next: one answer after another, each given to as many people as are to judge it, now and then one whose verdict is known. */
import { conflict } from '../errors.ts'
import type { DecoyStore, ImportStore } from '../store/import-types.ts'
import type { RoundStore } from '../store/round-types.ts'
import type { AuditStore, LabelStore, Mistake } from '../store/label-types.ts'
import type { TurnStore } from '../store/types.ts'
import type { Actor, Form, Trace } from '../types.ts'
import { decoyFor, type DecoySubject } from './decoys.ts'

/** An answer as it is shown to be judged: where it comes from is not said, so that a decoy looks like any other. */
export interface Item {
  /** Of this showing: another time it has another. */
  id: string
  form: Form
  question: string
  trace: Trace
}

export type Said = 'right' | 'wrong' | 'unclear'

/** What somebody said last, to take back or to say more about. */
export interface Last {
  question: string
  said: Said
  mistake: Mistake | null
}

export interface Desk {
  /** What this person has before them, and what comes after it; the same until it is judged. Fewer when there is no more. */
  items(by: Actor, count: number): Item[]
  /** `ms`: how long it was in sight, as the page measured it. Errors: conflict when it is no longer theirs to judge. */
  judge(item: string, said: Said, ms: number | null, by: Actor): void
  last(by: Actor): Last | null
  /** Takes the last judgement back; the answer comes again at once. Errors: conflict when there is none to take back. */
  undo(by: Actor): void
  /** Says what was wrong with what was judged wrong last. Errors: conflict when it wasn't. */
  mistake(mistake: Mistake, by: Actor): void
  /** How many answers this person could still judge. */
  left(by: Actor): number
}

export interface DeskParts {
  store: {
    imports: Pick<ImportStore, 'toJudge' | 'leftToJudge' | 'agreed' | 'question' | 'trace'>
    rounds: Pick<RoundStore, 'toJudge' | 'leftToJudge' | 'question' | 'trace'>
    audits: Pick<AuditStore, 'openFor'>
    labels: Pick<LabelStore, 'add' | 'of' | 'withdraw' | 'amend'>
    turns: Pick<TurnStore, 'trace'>
    decoys: DecoyStore
  }
  clock: () => number
  /** 0..1 */
  random: () => number
  newId: (prefix: string) => string
}

type Subject = { kind: 'audit' | 'import' | 'again'; turn: string; form: Form } | DecoySubject

interface Showing {
  id: string
  by: Actor
  subject: Subject
  /** When it was first handed out, and until when nobody else gets it. */
  from: number
  until: number
}

const KEPT_MS = 10 * 60_000
/** How far ahead the queue is looked into. */
const AHEAD = 60
const LONGEST_MS = 30 * 60_000

export function createDesk({ store, clock, random, newId }: DeskParts): Desk {
  const showings = new Map<string, Showing>()
  const given = new Map<Actor, Last & { subject: Subject; takeBack: () => void; amend: (mistake: Mistake) => void }>()

  const shownTo = (by: Actor): Showing[] => [...showings.values()].filter((s) => s.by === by)

  function items(by: Actor, count: number): Item[] {
    for (const showing of shownTo(by)) if (isOver(showing)) showings.delete(showing.id)
    const mine = shownTo(by).slice(0, count)
    for (const showing of mine) showing.until = clock() + KEPT_MS
    for (let more = mine.length < count ? next(by) : null; more; more = mine.length < count ? next(by) : null) mine.push(more)
    return mine.flatMap(({ id, subject }) => {
      const trace = traceOf(subject)
      return trace ? [{ id, form: subject.form, question: trace.question, trace }] : []
    })
  }

  function next(by: Actor): Showing | null {
    for (const subject of open(by)) {
      const decoy = subject.kind !== 'audit' ? decoyFor(by, { imports: store.imports, past: store.decoys.list(), random }) : null
      if (decoy) return show(decoy, by)
      if (traceOf(subject)) return show(subject, by)
    }
    return null
  }

  /** What is open for this person and not before others who complete it. Answers that customers were sent come first. */
  function* open(by: Actor): Generator<Subject> {
    const before = new Set(shownTo(by).map(({ subject }) => `${subject.turn} ${subject.form}`))
    const free = (turn: string, form: Form, missing: number): boolean =>
      !before.has(`${turn} ${form}`) && keptByOthers(turn, form, by) < missing
    for (const { turn, form, judges, judged } of store.audits.openFor(by))
      if (free(turn, form, judges - judged)) yield { kind: 'audit', turn, form }
    for (const { id, form, judges, judged } of store.imports.toJudge(by, AHEAD))
      if (free(id, form, judges - judged)) yield { kind: 'import', turn: id, form }
    for (const { id, form, judges, judged } of store.rounds.toJudge(by, AHEAD))
      if (free(id, form, judges - judged)) yield { kind: 'again', turn: id, form }
  }

  const keptByOthers = (turn: string, form: Form, by: Actor): number =>
    [...showings.values()].filter((s) => s.by !== by && s.subject.turn === turn && s.subject.form === form && s.until > clock()).length

  function show(subject: Subject, by: Actor): Showing {
    const showing = { id: newId('item'), by, subject, from: clock(), until: clock() + KEPT_MS }
    showings.set(showing.id, showing)
    return showing
  }

  function traceOf(subject: Subject): Trace | null {
    if (subject.kind === 'audit') return store.turns.trace(subject.turn)
    if (subject.kind === 'again') return store.rounds.trace(subject.turn)
    const asked = store.imports.trace(subject.turn)
    if (subject.kind !== 'decoy' || subject.answerOf === null) return asked
    const answer = store.imports.trace(subject.answerOf)
    return asked && answer && { ...answer, question: asked.question, intake: asked.intake }
  }

  /** Judged meanwhile by as many as are to, or kept for too long. */
  function isOver({ subject, by, until }: Showing): boolean {
    const { kind, turn, form } = subject
    if (kind === 'decoy') return until <= clock()
    if (kind === 'audit') return !store.audits.openFor(by).some((a) => a.turn === turn && a.form === form)
    const question = kind === 'again' ? store.rounds.question(turn) : store.imports.question(turn)
    return !question || question.judged >= question.judges || store.labels.of(turn).some((l) => l.by === by && l.form === form)
  }

  /** Keeps what was said, and returns how to take it back. */
  function keep(subject: Subject, said: Said, seconds: number, by: Actor): { takeBack: () => void; amend: (mistake: Mistake) => void } {
    const { kind, turn, form } = subject
    const right = said === 'unclear' ? null : said === 'right'
    if (kind === 'decoy') {
      const decoy = store.decoys.add(
        { kind: subject.answerOf ? 'swapped' : 'agreed', turn, known: subject.known, said: right, seconds },
        by,
      )
      return { takeBack: () => store.decoys.withdraw(decoy, by), amend: () => undefined }
    }
    const label = store.labels.add({ turn, form, right, source: kind === 'audit' ? 'audit' : 'import', seconds }, by)
    return { takeBack: () => store.labels.withdraw(label.id, by), amend: (mistake) => void store.labels.amend(label.id, mistake, by) }
  }

  return {
    items,
    judge(id, said, ms, by) {
      const showing = showings.get(id)
      if (!showing || showing.by !== by || isOver(showing))
        throw conflict('This answer is no longer yours to judge: others have judged it meanwhile, or it was open for too long.')
      const { subject, from } = showing
      const question = traceOf(subject)?.question ?? ''
      const kept = keep(subject, said, secondsOf(ms, clock() - from), by)
      given.set(by, { question, said, mistake: null, subject, ...kept })
      showings.delete(id)
    },
    last: (by) => given.get(by) ?? null,
    undo(by) {
      const last = given.get(by)
      if (!last) throw conflict('There is nothing to take back.')
      last.takeBack()
      given.delete(by)
      // It comes first again.
      const rest = shownTo(by)
      for (const { id } of rest) showings.delete(id)
      show(last.subject, by)
      for (const showing of rest) showings.set(showing.id, showing)
    },
    mistake(mistake, by) {
      const last = given.get(by)
      if (last?.said !== 'wrong') throw conflict('The last answer was not judged wrong.')
      last.amend(mistake)
      given.set(by, { ...last, mistake })
    },
    left: (by) => store.audits.openFor(by).length + store.imports.leftToJudge(by) + store.rounds.leftToJudge(by),
  }
}

/** The page's own measure, as far as it can be true: no longer than since it was handed out. */
function secondsOf(ms: number | null, since: number): number {
  return Math.round(Math.max(0, Math.min(ms ?? since, since, LONGEST_MS)) / 1000)
}
