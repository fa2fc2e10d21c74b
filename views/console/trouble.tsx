import type { VNode } from 'preact'
import { LinkButton } from '../components/button.tsx'
import { ErrorState } from '../components/states.tsx'
import { Page } from '../layout.tsx'

/** A page that could not be shown or a change that was not made, in words. */
export function Trouble({ firm, title, detail }: { firm: string; title: string; detail: string }): VNode {
  return (
    <Page title={title} firm={firm} section="console" scripts={['unsent.js']}>
      <h1 class="sr-only">{title}</h1>
      <ErrorState title={title}>
        <p>{detail}</p>
        <LinkButton href="/console">To the overview</LinkButton>
      </ErrorState>
    </Page>
  )
}
