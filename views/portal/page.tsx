/** The portal: one conversation, a place to write, and a person always in reach. */
import type { ComponentChildren, VNode } from 'preact'
import type { Conversation as ConversationRow } from '../../server/conversation-types.ts'
import { LinkButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Time } from '../components/time.tsx'
import { Page } from '../layout.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'
import { Composer } from './composer.tsx'
import type { Firm, Talk, Unread } from './talk.ts'
import { Conversation } from './thread.tsx'

/** An earlier conversation, for the list under a new one. */
export interface Earlier {
  conversation: ConversationRow
  /** The first thing that the customer wrote. */
  question: string
}

interface PortalProps {
  firm: Firm
  talk: Talk
  /** The customer wants a new conversation although there is one. */
  fresh?: boolean
  earlier?: Earlier[]
  /** What was typed before and could not be taken, and why. */
  text?: string
  problem?: string | null
  unread: Unread[]
}

export function PortalPage({ firm, talk, fresh = false, earlier = [], text, problem, unread }: PortalProps): VNode {
  const { conversation } = talk
  return (
    <PortalFrame
      firm={firm}
      conversation={conversation?.id ?? null}
      title={texts.portal.title}
      unread={unread}
      {...(talk.running && { reloadS: 4 })}
    >
      <div class="portal-page">
        <div class="notice-bar">
          <p>
            <Icon name="info" /> {texts.portal.machineShort}
          </p>
          <a href={href.fresh}>
            <Icon name="plus" /> {texts.portal.newConversation}
          </a>
        </div>
        {talk.messages.length > 0 ? <Conversation talk={talk} /> : <Welcome firm={firm} earlier={earlier} now={talk.now} />}
        <Composer
          conversation={conversation?.id ?? (fresh ? 'new' : '')}
          state={conversation?.state ?? 'machine'}
          text={text ?? ''}
          problem={problem ?? null}
        />
      </div>
    </PortalFrame>
  )
}

/** What is around every page of the portal. */
export function PortalFrame(props: {
  firm: Firm
  title: string
  conversation: string | null
  /** Corrections elsewhere that the customer has not read yet. */
  unread?: Unread[]
  reloadS?: number
  children: ComponentChildren
}): VNode {
  return (
    <Page
      title={props.title}
      firm={props.firm.name}
      section="portal"
      scripts={['portal.js']}
      actions={<PersonLink conversation={props.conversation} />}
      {...(props.reloadS !== undefined && { reloadS: props.reloadS })}
    >
      {(props.unread ?? []).slice(0, 1).map((one) => (
        <UnreadCorrection key={one.message} {...one} />
      ))}
      {props.children}
    </Page>
  )
}

/** Above whatever the customer opens next: they may never look into that conversation again. */
function UnreadCorrection({ conversation, message }: Unread): VNode {
  return (
    <div class="unread" role="alert">
      <p>
        <Icon name="triangle" /> <strong>{texts.correction.unread}</strong>
      </p>
      <LinkButton look="primary" small href={`${href.conversation(conversation)}#message-${message}`}>
        {texts.correction.read}
      </LinkButton>
    </div>
  )
}

function PersonLink({ conversation }: { conversation: string | null }): VNode {
  const url = href.person(conversation)
  return (
    <LinkButton
      id="person"
      href={url}
      icon="person"
      class="person-link"
      {...{ 'hx-get': '/person', 'hx-include': '#conversation', 'hx-target': '#dialog', 'hx-swap': 'innerHTML' }}
    >
      {texts.person.ask}
    </LinkButton>
  )
}

function Welcome({ firm, earlier, now }: { firm: Firm; earlier: Earlier[]; now: number }): VNode {
  return (
    <div id="talk" class="welcome">
      <h1>{texts.portal.heading}</h1>
      <p class="welcome-machine">{texts.portal.machine}</p>
      {firm.examples.length > 0 && (
        <section aria-labelledby="examples">
          <h2 id="examples">{texts.portal.examples}</h2>
          <ul class="examples">
            {firm.examples.map((example) => (
              <li key={example}>
                <button type="submit" form="composer" name="example" value={example} class="example">
                  <span>{example}</span>
                  <Icon name="arrow" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {earlier.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier">{texts.portal.earlier}</h2>
          <ul class="earlier">
            {earlier.map(({ conversation, question }) => (
              <li key={conversation.id}>
                <a href={href.conversation(conversation.id)}>{question}</a> <Time at={conversation.lastAt} now={now} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
