import type { VNode } from 'preact'
import { ROLES, type Role, type StaffMember } from '../../server/types.ts'
import { Badge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Table } from '../components/table.tsx'
import { Notice, PageHead } from './parts.tsx'
import { ROLE_WORDS } from './words.ts'

export type ListedStaff = StaffMember & { active: boolean }

export interface StaffProps {
  staff: ListedStaff[]
  me: string
  /** A password that was just made up: shown this once. */
  fresh: { name: string; password: string } | null
  /** What was typed in and could not be taken. */
  draft: { name: string; roles: Role[] }
  problem: string | null
  said: VNode | null
}

export function Staff({ staff, me, fresh, draft, problem, said }: StaffProps): VNode {
  return (
    <>
      <PageHead title="Staff">
        {said}
        {fresh && (
          <Notice kind="ok">
            The password of <strong>{fresh.name}</strong> is <code class="password">{fresh.password}</code>. It is shown this once only:
            pass it on by a safe way. They choose their own when they first sign in.
          </Notice>
        )}
      </PageHead>
      <div data-rows>
        <Table
          caption="Staff"
          rows={staff}
          rowId={(s) => `staff-${s.id}`}
          columns={[
            {
              head: 'Name',
              main: true,
              cell: (s) => (
                <a href={`/console/staff/${s.id}`} data-row>
                  {s.name}
                </a>
              ),
            },
            { head: 'Roles', cell: (s) => s.roles.map((r) => ROLE_WORDS[r].name).join(', ') || <span class="quiet">none</span> },
            {
              head: 'State',
              cell: (s) =>
                s.active ? (
                  <Badge tone="ok" icon="check-circle">
                    Active{s.id === me ? ', you' : s.oneTimePassword ? ', has yet to choose a password' : ''}
                  </Badge>
                ) : (
                  <Badge icon="bar">Deactivated</Badge>
                ),
            },
          ]}
        />
      </div>
      <Card title="Add somebody" class="narrow">
        {problem && <Notice kind="bad">{problem}</Notice>}
        <form class="stack" method="post" action="/console/staff">
          <Field id="name" label="Name" hint="They sign in with it, and customers see it beside what they write.">
            <input type="text" value={draft.name} minLength={2} maxLength={60} required autocomplete="off" />
          </Field>
          <RoleChoices roles={draft.roles} />
          <p class="quiet">A password is made up and shown to you once.</p>
          <div class="under-text">
            <Button look="primary" icon="plus">
              Add
            </Button>
          </div>
        </form>
      </Card>
    </>
  )
}

export function RoleChoices({ roles }: { roles: Role[] }): VNode {
  return (
    <fieldset class="choices">
      <legend>Roles</legend>
      {ROLES.map((role) => (
        <label class="choice" key={role}>
          <input type="checkbox" name="roles" value={role} checked={roles.includes(role)} />
          <span>
            {ROLE_WORDS[role].name} <span class="quiet">{ROLE_WORDS[role].means}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export interface MemberProps {
  member: ListedStaff
  me: string
  problem: string | null
  said: VNode | null
}

export function Member({ member, me, problem, said }: MemberProps): VNode {
  const address = `/console/staff/${member.id}`
  return (
    <div class="narrow">
      <PageHead
        title={member.name}
        crumb={{ href: '/console/staff', label: 'Staff' }}
        facts={[
          member.active ? (
            <Badge tone="ok" icon="check-circle">
              Active
            </Badge>
          ) : (
            <Badge icon="bar">Deactivated</Badge>
          ),
          member.id === me && 'this is you',
        ]}
      >
        {said}
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <Card title="What they may do">
        <form class="stack" method="post" action={`${address}/roles`}>
          <RoleChoices roles={member.roles} />
          <div class="under-text">
            <Button look="primary">Save</Button>
          </div>
        </form>
      </Card>
      <Card title="Password">
        <form class="stack" method="post" action={`${address}/password`}>
          <p>If they have forgotten it: a new one is made up and shown to you once. The old one no longer works.</p>
          <div class="under-text">
            <Button>Make up a new password</Button>
          </div>
        </form>
      </Card>
      <Card title={member.active ? 'Deactivate' : 'Activate again'}>
        <form class="stack" method="post" action={`${address}/active`}>
          <p>
            {member.active
              ? 'They can no longer sign in. What they did stays in the record under their name.'
              : 'They can sign in again with the password that they had.'}
          </p>
          <input type="hidden" name="active" value={member.active ? 'no' : 'yes'} />
          <div class="under-text">
            <Button look={member.active ? 'danger' : 'plain'} disabled={member.id === me}>
              {member.active ? 'Deactivate' : 'Activate'}
            </Button>
            {member.id === me && <span class="quiet">You cannot deactivate yourself.</span>}
          </div>
        </form>
      </Card>
    </div>
  )
}

export interface AccountProps {
  staff: StaffMember
  problem: string | null
  said: VNode | null
}

export function Account({ staff, problem, said }: AccountProps): VNode {
  return (
    <div class="narrow">
      <PageHead title="Your account" facts={[staff.name, staff.roles.map((r) => ROLE_WORDS[r].name).join(', ')]}>
        {said}
      </PageHead>
      <Card title={staff.oneTimePassword ? 'Choose your password' : 'Change your password'}>
        <form class="stack" method="post" action="/console/account/password">
          {staff.oneTimePassword && (
            <Notice kind="info">
              The password that you signed in with was made up for you. Choose your own, which nobody else knows, to go on.
            </Notice>
          )}
          {problem && <Notice kind="bad">{problem}</Notice>}
          <Field id="current" label={staff.oneTimePassword ? 'The password that you were given' : 'Password now'}>
            <input type="password" autocomplete="current-password" required />
          </Field>
          <Field
            id="fresh"
            label="New password"
            hint="At least 10 characters. A few words that you can remember are better than one odd one."
          >
            <input type="password" autocomplete="new-password" minLength={10} maxLength={200} required />
          </Field>
          <Field id="again" label="New password once more">
            <input type="password" autocomplete="new-password" minLength={10} maxLength={200} required />
          </Field>
          <div class="under-text">
            <Button look="primary">Change it</Button>
            {!staff.oneTimePassword && (
              <LinkButton look="quiet" href="/console">
                Cancel
              </LinkButton>
            )}
          </div>
        </form>
      </Card>
    </div>
  )
}
