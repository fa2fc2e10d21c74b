import type { VNode } from 'preact'
import { LinkButton } from '../components/button.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'
import { PortalFrame } from './page.tsx'
import type { Firm, Unread } from './talk.ts'

/** Shown instead of a page of the portal that can't be. `detail` says why, in words for a customer. */
export function ProblemPage({ firm, status, detail, unread }: { firm: Firm; status: number; detail: string; unread: Unread[] }): VNode {
  const missing = status === 404
  return (
    <PortalFrame firm={firm} title={missing ? texts.problems.missing : texts.problems.page} conversation={null} unread={unread}>
      <div class="reading problem-page">
        <h1>{missing ? texts.problems.missing : texts.problems.page}</h1>
        <p>{missing ? texts.problems.missingBody : detail}</p>
        <p>
          <LinkButton href={href.home} look="primary">
            {texts.problems.home}
          </LinkButton>
        </p>
      </div>
    </PortalFrame>
  )
}
