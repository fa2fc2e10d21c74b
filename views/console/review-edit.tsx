import { diffWordsWithSpace } from 'diff'
import type { VNode } from 'preact'
import type { Edit } from '../../server/conversation-types.ts'
import type { Form, Trace } from '../../server/types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Loading } from '../components/states.tsx'
import { Legend, MarkedText, Whys, draftSentences, worst } from './marked-text.tsx'
import { Notice } from './parts.tsx'

export interface EditProps {
  form: Form
  /** What stood there before; empty when nothing was written. */
  original: string
  text: string
  /** Findings on `text`, once it was checked. */
  checked: Pick<Trace, 'claims' | 'findings'> | null
  /** How far it is; null before it is checked. */
  begun: Edit | null
}

interface Where {
  address: string
  query: string
}

/** Edit, check, look at what changed, send. What is sent is exactly the text that was checked. */
export function EditPanel(props: EditProps & Where): VNode {
  const { form, original, text, checked, begun, address, query } = props
  if (begun && isUnderWay(begun)) return <UnderWay {...begun} />
  return (
    <>
      {begun?.state === 'failed' && <Notice kind="bad">{begun.why}</Notice>}
      {checked && <Checked {...props} checked={checked} />}
      <Card title={checked ? 'Change it again' : original ? 'Edit the answer' : 'Write an answer'}>
        <form class="stack" method="post" action={`${address}/check${query}`} data-ctrl-enter {...{ 'hx-morph-skip': '' }}>
          <input type="hidden" name="form" value={form} />
          <Field id="text" label="Text for the customer" hint="It is checked against the articles first. Nothing is sent yet.">
            <textarea rows={Math.min(16, Math.max(6, Math.ceil(text.length / 60)))} maxLength={4000} required autofocus={!checked}>
              {text}
            </textarea>
          </Field>
          <div class="under-text">
            <Button look={checked ? 'plain' : 'primary'} keys="Ctrl ↵">
              Check it
            </Button>
            <LinkButton look="quiet" href={`${address}${query}`}>
              Back without editing
            </LinkButton>
          </div>
        </form>
      </Card>
    </>
  )
}

export const isUnderWay = (edit: Edit | null): boolean => edit?.state === 'checking' || edit?.state === 'writing'

function UnderWay({ state, text, asked, sentences }: Edit): VNode {
  return (
    <Card title={state === 'writing' ? 'It is written again' : 'Your text is being checked'}>
      <div class="stack">
        {text !== '' && <div class="letter">{text}</div>}
        {state === 'writing' ? (
          <Loading>The model writes it again with your words in mind, and every sentence is checked.</Loading>
        ) : (
          <>
            <progress class="progress" max={Math.max(1, sentences)} value={asked} aria-label="Sentences checked" />
            <Loading>
              Every sentence is held against the articles: {asked} of {sentences} {sentences === 1 ? 'is' : 'are'} through.
            </Loading>
          </>
        )}
        <p class="quiet">
          While customers are answered this can take a minute. You may leave this page: what comes of it waits here for you. Nothing is
          sent.
        </p>
      </div>
    </Card>
  )
}

function Checked(props: EditProps & Where & { checked: NonNullable<EditProps['checked']> }): VNode {
  const { form, original, text, checked, address, query } = props
  const sentences = draftSentences(checked)
  const verdict = worst(checked.findings)
  return (
    <Card title="Your text, checked">
      <div class="stack">
        <MarkedText text={text} sentences={sentences} />
        <Legend sentences={sentences} />
        <Whys sentences={sentences} text={text} />
        <Verdict verdict={verdict} checked={checked} />
        {original && <Changes original={original} text={text} />}
        <form method="post" action={`${address}/decision${query}`} class="stack">
          <input type="hidden" name="outcome" value="edited" />
          <input type="hidden" name="form" value={form} />
          <input type="hidden" name="text" value={text} />
          {verdict === 'failed' ? (
            <label class="choice">
              <input type="checkbox" name="confirmed" value="yes" required /> I have read what the checks say, and the text is right
            </label>
          ) : (
            <input type="hidden" name="confirmed" value="yes" />
          )}
          {original && (
            <fieldset class="choices">
              <legend>What did you change?</legend>
              <label class="choice">
                <input type="radio" name="changed" value="substance" required /> What it says: something was wrong or missing
              </label>
              <label class="choice">
                <input type="radio" name="changed" value="tone" /> Only how it says it: the answer was right
              </label>
            </fieldset>
          )}
          <div class="under-text">
            <Button look="primary" icon="send">
              Send this text
            </Button>
          </div>
        </form>
      </div>
    </Card>
  )
}

function Verdict({ verdict, checked }: { verdict: ReturnType<typeof worst>; checked: Pick<Trace, 'findings'> }): VNode | null {
  if (verdict === 'passed') return <Notice kind="ok">Every sentence is supported by the articles.</Notice>
  const whole = checked.findings.filter((f) => f.claim === null && f.result !== 'passed')
  return (
    <Notice kind={verdict === 'failed' ? 'bad' : 'doubt'}>
      {verdict === 'failed'
        ? 'The articles do not support everything in it. You may send it all the same; the record will show that you confirmed it.'
        : 'The checks are not certain of everything in it. Please look at it once more.'}
      {whole.length > 0 && (
        <ul>
          {whole.map((f) => (
            <li>{f.why}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/** What the reviewer took out and put in, word by word. */
export function Changes({ original, text }: { original: string; text: string }): VNode {
  const parts = diffWordsWithSpace(original, text)
  if (parts.every((p) => !p.added && !p.removed)) return <p class="quiet">Nothing is changed yet.</p>
  return (
    <div>
      <h3>What you changed</h3>
      <p class="changes">{parts.map((p) => (p.added ? <ins>{p.value}</ins> : p.removed ? <del>{p.value}</del> : p.value))}</p>
    </div>
  )
}
