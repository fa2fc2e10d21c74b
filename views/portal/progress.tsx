import type { VNode } from 'preact'
import type { Stage } from '../../server/types.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Dots } from '../components/states.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'

const STAGES = ['reading', 'searching', 'writing', 'checking'] as const satisfies Stage[]

/** What is being done about the last question; empty while nothing is. */
export function Progress({ running }: { running: { turn: string; stage: Stage } | null }): VNode {
  return (
    <div id="progress" class="progress">
      <p class="sr-only" role="status">
        {running && texts.stages.long[running.stage]}
      </p>
      {running && (
        <>
          <ol class="stages" aria-hidden="true">
            {STAGES.map((stage) => {
              const state = stateOf(stage, running.stage)
              return (
                <li key={stage} class={state}>
                  {state === 'stage-done' && <Icon name="check" />}
                  {state === 'stage-now' && <Dots />}
                  {texts.stages.short[stage]}
                </li>
              )
            })}
          </ol>
          <form method="post" action={href.cancel(running.turn)} hx-post={href.cancel(running.turn)} hx-swap="none">
            <Button look="quiet" small icon="close">
              {texts.stages.stop}
            </Button>
          </form>
          <noscript>
            <a href={href.home}>{texts.stages.look}</a>
          </noscript>
        </>
      )}
    </div>
  )
}

function stateOf(stage: Stage, current: Stage): string {
  const at = STAGES.indexOf(stage) - STAGES.indexOf(current)
  return at < 0 ? 'stage-done' : at === 0 ? 'stage-now' : 'stage-next'
}
