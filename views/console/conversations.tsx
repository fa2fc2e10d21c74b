import type { VNode } from 'preact'
import type { Conversation, Message } from '../../server/conversation-types.ts'
import type { Note } from '../../server/store/care-types.ts'
import { ConversationBadge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Time } from '../components/time.tsx'
import { CareMeter } from './care.tsx'
import { Notes, WhisperForm } from './notes.tsx'
import { LiveRegion, PageHead, Pages } from './parts.tsx'
import { Thread } from './thread.tsx'
import { CHANNEL_WORDS } from './words.ts'

export type ListedConversation = Conversation & { messages: number; lastText: string }

export interface ConversationsProps {
  state: Conversation['state'] | null
  counts: Partial<Record<Conversation['state'], number>>
  query: string
  list: ConversationListProps
}

export interface ConversationListProps {
  conversations: ListedConversation[]
  older: string | null
  nameOf: (staff: string) => string
  state: Conversation['state'] | null
  now: number
}

export function Conversations({ state, counts, query, list }: ConversationsProps): VNode {
  const tab = (label: string, value: Conversation['state'] | null) => ({
    href: value ? `/console/conversations?state=${value}` : '/console/conversations',
    label,
    current: state === value,
    ...(value && counts[value] !== undefined ? { count: counts[value] } : {}),
  })
  return (
    <>
      <PageHead title="Conversations" />
      <Tabs
        label="Which conversations"
        tabs={[
          tab('All', null),
          tab('Waiting for a person', 'waiting'),
          tab('With a person', 'person'),
          tab('Answered by Vouch', 'machine'),
          tab('Closed', 'closed'),
        ]}
      />
      <LiveRegion id="conversation-list" url={`/console/conversations/live${query}`}>
        <ConversationList {...list} />
      </LiveRegion>
    </>
  )
}

export function ConversationList({ conversations, older, nameOf, state, now }: ConversationListProps): VNode {
  const columns: Column<ListedConversation>[] = [
    {
      head: 'Last message',
      main: true,
      cell: (c) => (
        <a href={`/console/conversations/${c.id}`} data-row class="clip">
          {c.lastText || 'No message yet'}
        </a>
      ),
    },
    { head: 'State', cell: (c) => <ConversationBadge state={c.state} /> },
    { head: 'With', cell: (c) => (c.assignee ? nameOf(c.assignee) : <span class="quiet">nobody</span>) },
    { head: 'Channel', cell: (c) => CHANNEL_WORDS[c.channel] },
    { head: 'Customer', cell: (c) => c.tier },
    { head: 'Messages', numeric: true, cell: (c) => c.messages },
    { head: 'Last', cell: (c) => <Time at={c.lastAt} now={now} /> },
  ]
  return (
    <>
      <div data-rows>
        <Table
          caption="Conversations"
          columns={columns}
          rows={conversations}
          rowId={(c) => `conversation-${c.id}`}
          empty={<Nothing state={state} />}
        />
      </div>
      <Pages newer={null} older={older} />
    </>
  )
}

function Nothing({ state }: { state: Conversation['state'] | null }): VNode {
  if (state === 'waiting')
    return <EmptyState title="Nobody is waiting for a person">A customer who asks for one appears here by itself.</EmptyState>
  if (state) return <EmptyState title="No conversation is in this state now" />
  return <EmptyState title="No conversation yet">The first question that a customer asks appears here by itself.</EmptyState>
}

export interface ConversationProps {
  conversation: Conversation
  messages: Message[]
  assigneeName: string | null
  me: string
  notes: Note[]
  care: { value: number; words: string }
  whisper?: string
  problem?: string | null
  /** What Vouch is doing for this conversation right now, in words. */
  doing: string | null
  /** The review of an answer that is held here; null: none is. */
  held: string | null
  links: boolean
  said: VNode | null
  now: number
}

export function ConversationPage(props: ConversationProps): VNode {
  const { conversation: c, now, said } = props
  return (
    <div class="conversation">
      <PageHead
        title="Conversation"
        crumb={{ href: '/console/conversations', label: 'Conversations' }}
        facts={[
          CHANNEL_WORDS[c.channel],
          `${c.tier} customer`,
          <>
            began <Time at={c.startedAt} now={now} />
          </>,
        ]}
      >
        {said}
      </PageHead>
      <LiveRegion id="conversation" url={`/console/conversations/${c.id}/live`}>
        <ConversationBody {...props} />
      </LiveRegion>
    </div>
  )
}

/** All but the head: the live stream sends it again. The composer is left alone while somebody writes in it. */
export function ConversationBody(props: Omit<ConversationProps, 'said'>): VNode {
  const { conversation, messages, notes, care, assigneeName, me, doing, held, links, now } = props
  const mine = conversation.state === 'person' && conversation.assignee === me
  return (
    <>
      <div class="conversation-state">
        <ConversationBadge state={conversation.state} />
        {conversation.state === 'person' && (
          <span>{mine ? 'It is yours: Vouch stays silent.' : `${assigneeName ?? 'A colleague'} writes with this customer.`}</span>
        )}
        {conversation.state === 'waiting' && <span>The customer was told that a person takes over.</span>}
        {doing && <span class="quiet">{doing}</span>}
        {held && (
          <span>
            An answer is held here: <a href={`/console/reviews/${held}`}>look at it</a>.
          </span>
        )}
        {care.value >= 0.05 && (
          <span>
            Care: <CareMeter care={care} />
          </span>
        )}
        {!mine && <TakeOver conversation={conversation} />}
      </div>
      <Thread messages={messages} now={now} turns={links} reports />
      <Notes notes={notes} now={now} />
      {conversation.state === 'machine' && (
        <WhisperForm conversation={conversation.id} text={props.whisper ?? ''} problem={props.problem ?? null} />
      )}
      {mine && <Composer id={conversation.id} />}
      {mine && <HandBack id={conversation.id} />}
    </>
  )
}

function TakeOver({ conversation }: { conversation: Conversation }): VNode | null {
  if (conversation.state === 'closed') return null
  return (
    <form method="post" action={`/console/conversations/${conversation.id}/take-over`} class="conversation-moves">
      <Button look="primary" icon="person" keys="T" data-key="t">
        {conversation.state === 'person' ? 'Take over from them' : 'Take over'}
      </Button>
    </form>
  )
}

function HandBack({ id }: { id: string }): VNode {
  return (
    <form id="hand-back" class="hand-back" method="post" action={`/console/conversations/${id}/hand-back`} {...{ 'hx-morph-skip': '' }}>
      <Field id="note" label="Note for whoever comes next" hint="Colleagues see it with this conversation; the customer doesn’t." optional>
        <input type="text" maxLength={1000} autocomplete="off" />
      </Field>
      <Button icon="back" keys="B" data-key="b">
        Hand back to Vouch
      </Button>
    </form>
  )
}

function Composer({ id }: { id: string }): VNode {
  return (
    <form id="composer" class="composer" method="post" action={`/console/conversations/${id}/say`} data-ctrl-enter hx-morph-skip>
      <Field id="text" label="Write to the customer" hint="Your name stands beside it. It is not checked against the articles.">
        <textarea rows={3} maxLength={4000} required />
      </Field>
      <Button look="primary" icon="send" keys="Ctrl ↵">
        Send
      </Button>
    </form>
  )
}
