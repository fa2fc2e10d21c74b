/** A program asks: one JSON answer, or the stages as they happen and then the answer. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import { VouchError, conflict, invalid, recordUnavailable } from '../errors.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Stage } from '../types.ts'
import type { AnswerJson } from './api-schemas.ts'
import { MessageRequest } from './api-schemas.ts'
import { ownConversation } from './api-conversations.ts'
import { readFields } from './body.ts'
import { knownError, problemOf } from './problem.ts'
import type { Visit } from './route.ts'
import { openStream } from './sse.ts'

type Answer = z.infer<typeof AnswerJson>

export async function postMessage({ req, res, context, who }: Visit<ApiKey>): Promise<void> {
  const conversation = ownConversation(context, who, req.params['id'])
  const { text } = readFields(MessageRequest, req.body)
  const id = askOnce(context, who, conversation.id, text, req.get('idempotency-key'))
  if (wantsStream(req)) return stream(context, res, conversation.id, id)
  await ended(context, conversation.id, id, res)
  res.json(answerOf(context, conversation.id, id))
}

/**
 * Asks, and returns the turn's id; where a person has the conversation there is no turn, and it is the message's. With a key
 * that was used before, it is what was made then.
 */
function askOnce(context: Context, who: ApiKey, conversation: string, text: string, key: string | undefined): string {
  const ask = (): string => {
    const { turn, message, done } = context.turns.ask({ conversation, text })
    // How it ended is read from the turn's state.
    done.catch(() => undefined)
    return turn?.id ?? message.id
  }
  if (key === undefined) return ask()
  if (key.length > 255) throw invalid('An Idempotency-Key has at most 255 characters.')
  const owner = `key:${who.id}`
  const hash = createHash('sha256')
    .update(canonicalize({ conversation, text }) ?? '')
    .digest('hex')
  const earlier = context.store.idempotency.begin(key, owner, hash)
  switch (earlier.state) {
    case 'done': {
      const state = context.store.turns.get(earlier.turn)?.state
      if (state !== 'failed' && state !== 'cancelled') return earlier.turn
      // There was no answer to repeat: who tries again with the same key, as clients do after a 503, is served.
      context.store.idempotency.forget(key, owner)
      return askOnce(context, who, conversation, text, key)
    }
    case 'different':
      throw conflict('This Idempotency-Key was used for another request.')
    case 'running':
      throw new VouchError(409, 'still-running', 'The first request with this Idempotency-Key is still under way.', 2)
    case 'new':
      try {
        const made = ask()
        context.store.idempotency.tie(key, owner, made)
        return made
      } catch (error) {
        context.store.idempotency.forget(key, owner)
        throw error
      }
    default:
      return earlier satisfies never
  }
}

/** Resolves when the turn runs no more, the record can't be written (the turn is run again once it can), or the program hung up (the turn goes on, and its answer is in `GET …/messages`). */
function ended(context: Context, conversation: string, turn: string, res: Response): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop()
      res.off('close', finish)
      resolve()
    }
    const stop = context.turns.watch(conversation, (event) => {
      if (event.type === 'turn' && event.turn.id === turn && event.turn.state !== 'running') finish()
      if (event.type === 'state' && event.state === 'record-unavailable') finish()
    })
    res.once('close', finish)
    if (context.store.turns.get(turn)?.state !== 'running' || context.store.latched() !== null) finish()
  })
}

async function stream(context: Context, res: Response, conversation: string, turn: string): Promise<void> {
  const events = openStream(res)
  let last: Stage | null = null
  const tell = (stage: Stage): void => {
    if (stage !== last) events.send('stage', JSON.stringify({ stage }))
    last = stage
  }
  const running = context.turns.running(conversation)
  if (running?.turn === turn) tell(running.stage)
  const stop = context.turns.watch(conversation, (event) => {
    if (event.type === 'stage' && event.turn === turn) tell(event.stage)
  })
  await ended(context, conversation, turn, res)
  stop()
  try {
    events.send('message', JSON.stringify(answerOf(context, conversation, turn)))
  } catch (error) {
    events.send('error', JSON.stringify(problemOf(knownError(error))))
  }
  events.end()
}

/** What the customer was told first in this turn; for a held answer, that a colleague checks it. Read from the record. */
function answerOf(context: Context, conversation: string, turn: string): Answer {
  const message = context.store.conversations.messages(conversation).find((one) => one.turn === turn && one.author !== 'customer')
  const summary = context.store.turns.get(turn)
  if (!summary) return withPerson(context, turn)
  if (summary.state === 'running') throw recordUnavailable()
  if (summary.state !== 'done' || !message)
    throw new VouchError(503, 'turn-failed', message?.text ?? 'This question could not be answered. Please ask again.', 5)
  const { id, verdict, text, citations } = message
  return { id, verdict, text, confidence: summary.confidence, citations, turn }
}

/** The message waits for the person who has the conversation; what they write arrives in `GET …/messages`. */
function withPerson({ ports }: Context, message: string): Answer {
  return { id: message, verdict: 'escalate', text: ports.texts.handedOver, confidence: null, citations: [], turn: null }
}

function wantsStream(req: Request): boolean {
  return req.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
}
