import { chooseForm } from '../policy/form.ts'
import { judge } from '../policy/index.ts'
import type { ScoredAnswer } from '../store/label-types.ts'
import type { TurnRecord } from '../store/types.ts'
import { FORMS, type Form, type Trace } from '../types.ts'
import type { Ports } from './ports.ts'
import { ruleInputOf } from './rule-input.ts'
import { signalsOf } from './score.ts'
import { fingerprintOf } from './trace.ts'

/**
 * What each form scored, and whether chance chose it to be judged. It is drawn before anybody has seen the answer, for what is sent and for
 * what is held alike and with the same probability, so that what was drawn is a fair sample of all (docs/decisions/0012).
 */
export function scoredForms(trace: Trace, ports: Ports): NonNullable<TurnRecord['scored']> {
  const { share, second } = ports.audit()
  const drawn = ports.random() < share
  const judges = ports.random() < second ? 2 : 1
  const fingerprint = fingerprintOf(ports)
  const written = mayGo('written', trace) ? (trace.confidence.written?.value ?? null) : null
  const { decision, scope, channel, tier } = trace
  const answers = FORMS.flatMap((form): ScoredAnswer[] => {
    const confidence = trace.confidence[form]
    if (!confidence || !(form === 'written' ? trace.draft?.text : trace.quotation?.text)) return []
    const sent = decision.form === form
    // Where the other form went out, this one is no candidate, and chance was not asked about it.
    const candidate = sent || decision.form === null
    return [
      {
        turn: trace.turn,
        conversation: trace.conversation,
        segment: { topic: scope.topic, channel, tier },
        form,
        source: 'live',
        at: ports.clock(),
        confidence: confidence.value,
        signals: signalsOf(form, trace),
        eligible: mayGo(form, trace),
        sent,
        rival: form === 'quoted' ? written : null,
        rivalFrom: form === 'quoted' ? decision.threshold.written : null,
        probability: candidate ? share : 0,
        drawn: candidate && drawn,
        fingerprint,
      },
    ]
  })
  return { answers, judges }
}

/** Would this form go out by itself if its confidence alone decided? */
function mayGo(form: Form, trace: Trace): boolean {
  const input = {
    ...ruleInputOf(trace),
    threshold: { written: form === 'written' ? 0 : NEVER, quoted: form === 'quoted' ? 0 : NEVER },
    barred: { written: null, quoted: null },
  }
  const { verdict } = judge({ ...input, form: chooseForm(input) })
  return verdict === 'send' || verdict === 'caveat'
}

const NEVER = 2
