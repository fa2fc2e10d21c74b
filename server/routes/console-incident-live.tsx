/** What goes on at an incident, as it goes on: one stream a page, since a browser keeps only six to a house, over all its tabs. */
import type { VNode } from 'preact'
import { CasesAsked } from '../../views/console/incident-close.tsx'
import { Correcting, isUnderWay } from '../../views/console/incident-correct.tsx'
import { Reach } from '../../views/console/incident-reach.tsx'
import { Partial, renderPart } from '../../views/layout.tsx'
import { closeOf, correctOf, incidentOf, reachOf, REPAIRERS } from './console-incident-parts.ts'
import { live } from './console-live.ts'
import { asked, namesOf, type StaffVisit } from './console-reply.ts'

/** Each part while something happens in it, and once when that has ended: what is typed into the forms that follow is not overwritten. */
export function incidentLive(visit: StaffVisit): void {
  const sent = new Map<string, string>()
  const going = new Set(asked(visit.req, 'going')?.split(' '))
  const render = (): VNode => {
    const changed = partsOf(visit).flatMap(({ id, now, part }) => {
      const ended = !now && going.delete(id)
      if (now) going.add(id)
      if (!now && !ended) return []
      const made = part()
      const html = renderPart(made)
      if (sent.get(id) === html) return []
      sent.set(id, html)
      return [
        <Partial target={`#${id}`} swap="innerMorph">
          {made}
        </Partial>,
      ]
    })
    return <>{changed}</>
  }
  live(visit, { render, when: (event) => event.type === 'message', everyMs: 1000 })
}

/** `now`: whether something happens in it. */
function partsOf(visit: StaffVisit): { id: string; now: boolean; part: () => VNode }[] {
  const { context, who } = visit
  const incident = incidentOf(visit)
  const { repair, store, clock } = context
  const { id } = incident
  const mayChange = REPAIRERS.some((role) => who.roles.includes(role))
  return [
    {
      id: 'reach-live',
      now: repair.reach.of(id)?.state === 'running',
      part: () => <Reach {...{ ...reachOf(visit, incident), incident, mayChange, nameOf: namesOf(context), now: clock() }} />,
    },
    {
      id: 'correct-live',
      now: repair.letters.of(id)?.state === 'running' || isUnderWay(store.corrections.of(id)),
      part: () => <Correcting {...correctOf(visit, incident)} typed={null} />,
    },
    { id: 'cases-live', now: repair.regression.progress() !== null, part: () => <CasesAsked {...closeOf(visit, incident)} /> },
  ]
}
