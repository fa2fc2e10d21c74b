/** Asking for a person: says what happens next before anything happens. Over the conversation, or a page of its own. */
import type { VNode } from 'preact'
import { Button, LinkButton } from '../components/button.tsx'
import { DialogBody } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { Lines } from '../components/text.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'

interface Props {
  /** Id, or empty when nothing was said yet. */
  conversation: string
  contact: string
  /** Somebody was asked for already, or is there. */
  already: boolean
}

export function PersonDialog(props: Props): VNode {
  return (
    <DialogBody title={texts.person.title}>
      <PersonBody {...props} />
      <PersonForm {...props}>
        <button type="submit" class="button button-quiet" form="dialog-close">
          <span>{texts.person.no}</span>
        </button>
      </PersonForm>
      <form method="dialog" id="dialog-close" />
    </DialogBody>
  )
}

export function PersonPage(props: Props): VNode {
  return (
    <div class="reading">
      <h1>{texts.person.title}</h1>
      <PersonBody {...props} />
      <PersonForm {...props}>
        <LinkButton href={href.home} look="quiet">
          {texts.person.no}
        </LinkButton>
      </PersonForm>
    </div>
  )
}

function PersonBody({ contact, already }: Props): VNode {
  return (
    <div class="person">
      {already ? (
        <p>{texts.person.already}</p>
      ) : (
        <>
          <h3>{texts.person.next}</h3>
          <ol class="steps">
            {texts.person.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      {contact && (
        <>
          <h3>{texts.person.otherwise}</h3>
          <p>
            <Lines text={contact} />
          </p>
        </>
      )}
    </div>
  )
}

function PersonForm({ conversation, already, children }: Props & { children: VNode }): VNode | null {
  if (already) return null
  return (
    <form method="post" action="/person" hx-post="/person" hx-swap="none" class="person-form">
      <input type="hidden" name="conversation" value={conversation} />
      <PersonProblem text={null} />
      <div class="row">
        <Button look="primary" icon="person">
          {texts.person.yes}
        </Button>
        {children}
      </div>
    </form>
  )
}

export function PersonProblem({ text }: { text: string | null }): VNode {
  return (
    <p id="person-problem" class="problem" role="alert">
      {text && (
        <>
          <Icon name="triangle" /> {text}
        </>
      )}
    </p>
  )
}
