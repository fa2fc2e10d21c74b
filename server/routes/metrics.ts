/** Figures in Prometheus' text format, kept by listening to the turns. No personal text, no ids. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Context } from '../context.ts'

export interface Figures {
  contentType: string
  text(): Promise<string>
  /** Stops listening. */
  close(): void
}

const STAGE_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32]

export function keepFigures(context: Context): Figures {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'vouch_' })

  const turns = new Counter({ name: 'vouch_turns_total', help: 'Turns that ended', labelNames: ['verdict', 'form', 'channel'], registers })
  const took = new Histogram({ name: 'vouch_turn_seconds', help: 'From the message to the decision', buckets: STAGE_BUCKETS, registers })
  const stages = new Histogram({ name: 'vouch_stage_seconds', help: 'One stage', labelNames: ['stage'], buckets: STAGE_BUCKETS, registers })
  gauges(context, registers)

  const open = new Map<string, { stage: string; since: number }>()
  const left = (turn: string): void => {
    const was = open.get(turn)
    if (was) stages.observe({ stage: was.stage }, (performance.now() - was.since) / 1000)
    open.delete(turn)
  }
  const close = context.turns.watch(null, (event) => {
    if (event.type === 'stage') {
      left(event.turn)
      open.set(event.turn, { stage: event.stage, since: performance.now() })
    } else if (event.type === 'turn' && event.turn.state !== 'running') {
      left(event.turn.id)
      const { verdict, state, form, channel } = event.turn
      turns.inc({ verdict: verdict ?? state, form: form ?? 'none', channel })
      if (event.turn.took !== null) took.observe(event.turn.took / 1000)
    }
  })
  return { contentType: registry.contentType, text: () => registry.metrics(), close }
}

/** Read when they are asked for. */
function gauges({ model, store }: Context, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const one: Gauge = new Gauge({ name, help, registers, collect: () => one.set(read()) })
  }
  gauge('vouch_model_ready', '1 while the answering model can be asked', () => (model.status().state === 'ready' ? 1 : 0))
  gauge('vouch_model_queue', 'Requests that wait for the answering model', () => model.status().waiting)
  gauge('vouch_model_restarts', 'How often the process of the answering model was started again', () => model.status().restarts)
  gauge('vouch_log_entries', 'Entries of the log', () => store.log.size())
  gauge('vouch_record_latched', '1 while the record cannot be written, and nothing is answered', () => (store.latched() === null ? 0 : 1))
  gauge('vouch_reviews_waiting', 'Drafts that wait for a reviewer', () => store.figures.waiting().reviews)
  gauge('vouch_conversations_waiting', 'Conversations that wait for a person', () => store.figures.waiting().conversations)
}
