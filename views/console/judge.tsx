import type { VNode } from 'preact'
import type { Form, Trace } from '../../server/types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Lines, PlainText } from '../components/text.tsx'
import { Quoted } from '../portal/quoted.tsx'
import { evidenceOf } from './evidence.ts'
import { EvidencePane } from './evidence-pane.tsx'
import { Notice } from './parts.tsx'

export interface JudgedItem {
  id: string
  form: Form
  question: string
  trace: Trace
}

export interface JudgeProps {
  item: JudgedItem | null
  /** Kept ready, so that it is there at once. */
  next: JudgedItem | null
  last: { question: string; said: 'right' | 'wrong' | 'unclear'; mistake: string | null } | null
  left: number
  problem: string | null
}

/** One answer a screen. With scripts the next one is in place before the last is saved (judge.js); without, each is a page. */
export function Judge({ item, next, last, left, problem }: JudgeProps): VNode {
  return (
    <div class="judge" data-judge>
      <h1 class="sr-only">Judge answers</h1>
      <div id="judge-problem" role="alert">
        {problem && <Notice kind="bad">{problem}</Notice>}
      </div>
      <div id="judge-now" tabIndex={-1}>
        {item ? <JudgeItem item={item} /> : <Nothing />}
      </div>
      <JudgeStatus last={last} left={left} />
      <JudgeNext next={next} />
    </div>
  )
}

/** What comes back for each judgement: how things stand, and the one after next. */
export function JudgeAnswer({ next, last, left }: Pick<JudgeProps, 'next' | 'last' | 'left'>): VNode {
  return (
    <>
      <JudgeStatus last={last} left={left} />
      <JudgeNext next={next} />
    </>
  )
}

const JudgeNext = ({ next }: Pick<JudgeProps, 'next'>): VNode => <template id="judge-next">{next && <JudgeItem item={next} />}</template>

function JudgeItem({ item }: { item: JudgedItem }): VNode {
  const { cited, others } = evidenceOf(shownPart(item))
  return (
    <article class="judge-item">
      <div class="panes">
        <section class="pane" aria-label="Question and answer">
          <div class="question">
            <h2>The customer asks</h2>
            <p>
              <Lines text={item.question} />
            </p>
          </div>
          <div class="as-read">
            <h2>{item.form === 'quoted' ? 'The answer, word for word from an article' : 'The answer'}</h2>
            <AsRead item={item} />
          </div>
        </section>
        <section class="pane pane-evidence" aria-label="Evidence">
          <h2>What it rests on</h2>
          <EvidencePane cited={cited} others={others} />
        </section>
      </div>
      <form class="decide judge-say" method="post" action={`/console/judging/item/${item.id}`} data-say>
        <p class="judge-ask">Is this the right answer to the question?</p>
        <div class="decide-how">
          <Button name="said" value="right" icon="check" keys="1" data-key="1 r">
            Right
          </Button>
          <Button name="said" value="wrong" icon="close" keys="2" data-key="2 w">
            Wrong
          </Button>
          <Button name="said" value="unclear" keys="3" data-key="3 c">
            Can’t tell
          </Button>
        </div>
      </form>
    </article>
  )
}

/** Of the record only what belongs to the form that is judged, so that the words marked are those that this answer rests on. */
const shownPart = ({ form, trace }: JudgedItem): Pick<Trace, 'claims' | 'quotation' | 'hits'> =>
  form === 'quoted' ? { ...trace, claims: [] } : { ...trace, quotation: null }

/** As the customer reads it: no marks of the checks, which would say beforehand what to think of it. */
function AsRead({ item: { form, trace } }: { item: JudgedItem }): VNode {
  if (form === 'written') return <PlainText text={trace.draft?.text ?? ''} />
  const quotation = trace.quotation
  if (!quotation) return <p>No answer.</p>
  const { text, sentences, citations } = quotation
  return (
    <Quoted
      message={{
        id: trace.turn,
        conversation: trace.conversation,
        seq: 0,
        author: 'vouch',
        kind: 'answer',
        turn: trace.turn,
        text,
        sentences,
        citations,
        verdict: null,
        form,
        by: null,
        at: trace.at,
        feedback: null,
      }}
      sources={[]}
    />
  )
}

const SAID = { right: 'right', wrong: 'wrong', unclear: 'can’t tell' } as const

const KINDS = [
  ['factual', 'F', 'A fact is wrong'],
  ['misread', 'M', 'It answers another question'],
  ['outdated', 'O', 'Out of date'],
  ['out of scope', 'S', 'We should not answer this here'],
] as const

function JudgeStatus({ last, left }: Pick<JudgeProps, 'last' | 'left'>): VNode {
  return (
    <div id="judge-status" class="judge-status">
      <p aria-live="polite">
        <strong class="numeric">{left.toLocaleString('en-GB')}</strong> left for you
        {last && (
          <>
            . Last one: <strong>{SAID[last.said]}</strong> <span class="quiet judge-last">“{short(last.question)}”</span>
          </>
        )}
      </p>
      {last && (
        <div class="judge-last-more">
          {last.said === 'wrong' && (
            <form method="post" action="/console/judging/mistake" data-quietly class="judge-kinds">
              <span id="judge-kinds-label">What was wrong? (optional)</span>
              {KINDS.map(([kind, key, words]) => (
                <Button
                  small
                  name="mistake"
                  value={kind}
                  look={last.mistake === kind ? 'primary' : 'quiet'}
                  aria-pressed={last.mistake === kind}
                  keys={key}
                  data-key={key.toLowerCase()}
                >
                  {words}
                </Button>
              ))}
            </form>
          )}
          <form method="post" action="/console/judging/undo" data-after>
            <Button small look="quiet" icon="back" keys="U" data-key="u">
              Take it back
            </Button>
          </form>
        </div>
      )}
    </div>
  )
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 58).trimEnd()}…`
}

function Nothing(): VNode {
  return (
    <div class="state">
      <p class="state-title">Nothing is left for you to judge</p>
      <div class="state-body">
        <p>Thank you. What comes of it stands with each import, and under Thresholds.</p>
        <LinkButton look="primary" href="/console/judging">
          To the overview of judging
        </LinkButton>
      </div>
    </div>
  )
}
