/** Of what somebody wrote in a mail, what they wrote themselves: without what they quote, their greeting and their signature. */
export function ownWords(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.slice(0, LONGEST).trimEnd())
  const end = lines.findIndex((line, i) => endsHere(line, lines[i + 1] ?? ''))
  const own = (end === -1 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('>'))
  while (own.length > 0 && (own[0] === '' || GREETING.test(own[0] as string))) own.shift()
  const goodbye = own.findLastIndex((line) => GOODBYE.test(line))
  // A goodbye has little after it (a name, a number): in the midst of a text it is no goodbye.
  const said = goodbye > 0 && own.slice(goodbye + 1).filter((line) => line !== '').length <= AFTER_GOODBYE ? own.slice(0, goodbye) : own
  return said
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Characters of a line that are read: nobody's question has longer ones, and what matches below must stay quick. */
const LONGEST = 2000
const AFTER_GOODBYE = 8

const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[\w .'’/&-]{0,60}[,!.:]?$/i
const GOODBYE =
  /^(?:(?:kind|best|warm|many)(?:est)? )?(?:regards|wishes|thanks|thank you)(?: (?:and|&) (?:kind |best )?regards)?(?: (?:in advance|very much|again|a lot))?[,.!]*$|^(?:yours (?:sincerely|faithfully|truly)|sincerely|cheers|cordially|all the best)[,.!]*$/i

/** Where what follows is another's words, or a signature. */
function endsHere(line: string, next: string): boolean {
  return (
    SEPARATOR.test(line) ||
    SENT_FROM.test(line) ||
    ORIGINAL.test(line) ||
    (/^On\b.{4,200}$/i.test(line) && /\bwrote:$/i.test(`${line} ${next}`.trim())) ||
    (/^From:\s/i.test(line) && /^(?:Sent|Date|To|Subject):\s/i.test(next))
  )
}

/** RFC 3676 §4.3: "-- ", whose blank many programs lose; and the rule of underscores that Outlook puts above what it quotes. */
const SEPARATOR = /^(?:--|_{10,})$/
const SENT_FROM = /^(?:Sent from my |Sent from (?:Outlook|Mail|Yahoo|Proton)|Get Outlook for )/i
const ORIGINAL = /^-{2,}\s*(?:Original|Forwarded) message\s*-{2,}$|^Begin forwarded message:$/i
