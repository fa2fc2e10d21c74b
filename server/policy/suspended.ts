import { chooseForm } from './form.ts'
import type { Rule } from './rule.ts'

const WHY = {
  suspended:
    'It is sure enough, but nothing goes out by itself here at the moment: too many of the answers that were looked at turned out wrong.',
  uncertified: 'It is sure enough, but nothing goes out by itself here before the threshold is certified.',
}

/** Answers of this segment and form may not go out by themselves, however sure they are. */
export const suspended: Rule = {
  name: 'suspended',
  judge: ({ form, ...input }) => {
    const { evidence, barred } = input
    if (!evidence?.enough) return null
    const free = form ?? chooseForm({ ...input, barred: { written: null, quoted: null } })
    const why = free === null ? null : barred[free]
    return why === null ? null : { verdict: 'hold', why: WHY[why] }
  },
}
