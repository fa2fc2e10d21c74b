import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Page } from '../layout.tsx'
import { Notice } from './parts.tsx'

export interface SignInProps {
  firm: string
  /** Where to go afterwards: a path of ours. */
  next: string
  name: string
  /** `failed`: name or password wrong; `locked`: too many tries; `idle`: logged off for want of use; `out`: signed out. */
  why: 'failed' | 'locked' | 'idle' | 'out' | 'needed' | null
  /** For `locked`: what to tell, in words. */
  detail: string | null
  idleMinutes: number
}

export function SignIn(props: SignInProps): VNode {
  return (
    <Page title="Sign in" firm={props.firm} section="console" scripts={['unsent.js']}>
      <div class="sign-in">
        <h1>Sign in</h1>
        <Why {...props} />
        <form class="card stack" method="post" action="/console/sign-in">
          <input type="hidden" name="next" value={props.next} />
          <Field id="name" label="Name">
            <input
              type="text"
              value={props.name}
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              required
              autofocus={props.name === ''}
            />
          </Field>
          <Field id="password" label="Password">
            <input type="password" autocomplete="current-password" required autofocus={props.name !== ''} />
          </Field>
          <Button look="primary">Sign in</Button>
        </form>
        <p class="quiet">
          For staff of {props.firm}. Customers ask their questions <a href="/">in the portal</a>.
        </p>
      </div>
    </Page>
  )
}

function Why({ why, detail, idleMinutes }: SignInProps): VNode | null {
  switch (why) {
    case 'failed':
      return <Notice kind="bad">{detail ?? 'Name or password is not right. Please try again.'}</Notice>
    case 'locked':
      return (
        <Notice kind="bad">
          {detail ?? 'Too many tries with this name.'} If you have forgotten your password, an admin can give you a new one.
        </Notice>
      )
    case 'idle':
      return (
        <Notice kind="info">You were signed out because nothing happened for {idleMinutes} minutes. Nothing that you sent is lost.</Notice>
      )
    case 'out':
      return <Notice kind="ok">You are signed out.</Notice>
    case 'needed':
    case null:
      return null
    default:
      return why satisfies never
  }
}
