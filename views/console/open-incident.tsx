import type { VNode } from 'preact'
import type { Origin } from '../../server/store/incident-types.ts'
import { Button } from '../components/button.tsx'
import { incidentHref } from './incident-words.ts'
import { Notice } from './parts.tsx'

/** Leads from an article back to what is being put right about it. */
export function OpenAbout({ incidents }: { incidents: { id: string; wrong: string }[] }): VNode | null {
  if (incidents.length === 0) return null
  return (
    <Notice kind="info">
      {incidents.length === 1 ? 'An incident is open about it: ' : 'Incidents are open about it: '}
      {incidents.map(({ id, wrong }, i) => (
        <>
          {i > 0 && ', '}
          <a href={`${incidentHref(id)}#wrong`}>{wrong ? `“${wrong}”` : 'go on there'}</a>
        </>
      ))}
    </Notice>
  )
}

/** The one button that opens an incident and takes over all that is known here. Pressed again, it leads to the one that was opened. */
export function OpenIncident(props: {
  from: Origin['from']
  id: string
  /** What else is known: `message`, `turn`, `article`, `statement`, `kind`. */
  known?: Record<string, string>
  small?: boolean
  children?: string
}): VNode {
  const { from, id, known = {}, small = true, children = 'Open an incident' } = props
  return (
    <form method="post" action="/console/incidents" class="open-incident">
      {Object.entries({ from, id, ...known }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button look="quiet" small={small} icon="triangle">
        {children}
      </Button>
    </form>
  )
}
