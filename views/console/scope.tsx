import type { VNode } from 'preact'
import type { ScopeRules, TopicRule } from '../../server/scope-types.ts'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Notice, PageHead } from './parts.tsx'

const RULE_WORDS: Record<TopicRule, string> = {
  allowed: 'Vouch answers',
  approval: 'A person approves first',
  never: 'Only a person answers',
}

export interface ScopeProps {
  /** What holds; after a problem what was typed. */
  rules: ScopeRules
  /** As typed; what holds is in `rules`. */
  amount: string
  reason: string
  /** The version that was changed: whoever was slower is told. */
  seen: string
  /** The firm has named none: these are the topics of its articles, the urgent cases that every firm has. */
  ownTopics: boolean
  ownUrgent: boolean
  problem: string | null
  said: VNode | null
}

export function Scope({ rules, amount, reason, seen, ownTopics, ownUrgent, problem, said }: ScopeProps): VNode {
  return (
    <div class="narrow">
      <PageHead title="What Vouch may answer" crumb={{ href: '/console/thresholds', label: 'Thresholds' }}>
        <p class="lede">These rules come before every threshold: what they give to a person goes to a person, however sure an answer is.</p>
        {said}
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <form class="stack" method="post" action="/console/scope">
        <input type="hidden" name="seen" value={seen} />
        <Card title="Amounts">
          <Field
            id="amount"
            label={`A person sees questions that name more than (${rules.amountAbove?.currency ?? 'GBP'})`}
            hint="Amounts in other currencies, and figures without one, are compared as they stand. Empty: there is no limit."
          >
            <input type="text" inputMode="decimal" value={amount} maxLength={15} autocomplete="off" />
          </Field>
        </Card>
        <Card title="Topics">
          {!ownTopics && (
            <p class="quiet">They are those that your articles name. As soon as you change one here, they are kept as they stand.</p>
          )}
          <div class="stack">
            {rules.topics.map((topic) => (
              <Field key={topic.id} id={`rule-${topic.id}`} label={topic.title} hint={topic.description}>
                {ruleSelect(topic.rule)}
              </Field>
            ))}
          </div>
        </Card>
        <Card title="What can’t wait">
          <p class="quiet">
            Whoever writes of one of these gets its text at once, word for word, and a person takes over.
            {!ownUrgent && ' These are for any firm: put your own telephone numbers into them.'}
          </p>
          <div class="stack">
            {rules.urgent.map((one) => (
              <Field key={one.id} id={`text-${one.id}`} label={one.title} hint={one.description}>
                <textarea rows={4} maxLength={2000} required>
                  {one.text}
                </textarea>
              </Field>
            ))}
          </div>
        </Card>
        <Card title="How to reach you">
          <Field id="contact" label="Said wherever Vouch cannot help" optional>
            <textarea rows={2} maxLength={500}>
              {rules.contact}
            </textarea>
          </Field>
        </Card>
        <Card title="Save">
          <Field id="reason" label="Why" hint="It stands in the log with your name.">
            <input type="text" value={reason} minLength={3} maxLength={500} required autocomplete="off" />
          </Field>
          <div class="under-text">
            <Button look="primary">Save</Button>
          </div>
          <p class="quiet">
            New topics and urgent cases, and the example questions that they are known by, come in from a file: npm run scope.
          </p>
        </Card>
      </form>
    </div>
  )
}

/** `Field` gives the select its name and the words that describe it. */
function ruleSelect(rule: TopicRule): VNode<Record<string, unknown>> {
  return (
    <select>
      {(Object.keys(RULE_WORDS) as TopicRule[]).map((one) => (
        <option key={one} value={one} selected={one === rule}>
          {RULE_WORDS[one]}
        </option>
      ))}
    </select>
  )
}
