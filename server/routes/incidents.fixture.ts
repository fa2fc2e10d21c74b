/** For tests of incidents through the routes: a house for each test, what customers ask there, and what staff do about it. */
import { afterEach, beforeEach } from 'vitest'
import type { Message } from '../conversation-types.ts'
import type { Incident } from '../store/incident-types.ts'
import type { Role } from '../types.ts'
import { staffAgent, type Agent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

export const QUESTION = 'What does a transfer abroad cost?'

export interface IncidentDesk {
  /** Of the test that runs now. */
  house: TemporaryPortal
  staff: (name: string, roles?: Role[]) => Promise<Agent>
  /** A customer asks; the last message is what they were told. */
  asked: (text?: string) => Promise<Message>
  opened: (agent: Agent, fields: Record<string, string>) => Promise<Incident>
  now: (incident: Incident) => Incident
  post: (agent: Agent, incident: Incident, what: string, fields: Record<string, string | string[]>) => ReturnType<Agent['post']>
  /** Until everyone whom it reached is found. */
  looked: (incident: Incident) => Promise<void>
}

/** Call it once at the top of a file. */
export function incidentDesk(): IncidentDesk {
  const found = (id: string): Incident => {
    const incident = desk.house.context.store.incidents.get(id)
    if (!incident) throw new Error(`There is no incident ${id}.`)
    return incident
  }
  const desk = {
    staff: (name, roles) => staffAgent(desk.house, name, roles),
    async asked(text = QUESTION) {
      const { store, turns } = desk.house.context
      const customer = store.customers.create('standard', 'system').id
      const { id } = store.conversations.create({ customer, channel: 'portal', tier: 'standard' })
      await turns.ask({ conversation: id, text }).done
      return store.conversations.messages(id).at(-1) as Message
    },
    async opened(agent, fields) {
      const { headers } = await agent.post('/console/incidents').type('form').send(fields).expect(303)
      return found(headers['location']?.split('/').pop() ?? '')
    },
    now: (incident) => found(incident.id),
    post: (agent, incident, what, fields) => agent.post(`/console/incidents/${incident.id}/${what}`).type('form').send(fields),
    async looked(incident) {
      while (desk.house.context.repair.reach.of(incident.id)?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 5))
    },
  } as IncidentDesk
  beforeEach(async () => {
    desk.house = await temporaryPortal()
  })
  afterEach(() => desk.house.close())
  return desk
}
