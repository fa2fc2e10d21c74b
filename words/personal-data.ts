/** Personal data that customers type into a question although nobody asked for it. */
const PATTERNS: { label: string; pattern: RegExp; holds?: (text: string) => boolean }[] = [
  { label: 'email address', pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  { label: 'card number', pattern: /\b(?:\d[ -]?){12,18}\d\b/g, holds: luhn },
  { label: 'IBAN', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g },
  { label: 'sort code and account number', pattern: /\b\d{2}[- ]\d{2}[- ]\d{2}\D{1,20}\d{8}\b/g },
  { label: 'account number', pattern: /\b\d{8}\b/g },
  { label: 'National Insurance number', pattern: /\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi },
  { label: 'phone number', pattern: /(?<!\d)(?:\+\d{2}|0)[\d ()-]{8,14}\d(?!\d)/g },
]

/** The text with personal data replaced by what kind it was, and which kinds there were. */
export function maskPersonalData(text: string): { text: string; kinds: string[] } {
  const kinds: string[] = []
  let masked = text
  for (const { label, pattern, holds } of PATTERNS) {
    masked = masked.replace(pattern, (match) => {
      if (holds && !holds(match)) return match
      kinds.push(label)
      return `[${label}]`
    })
  }
  return { text: masked, kinds: [...new Set(kinds)] }
}

/** ISO/IEC 7812 check digit. */
function luhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse()
  const sum = digits.reduce((total, d, i) => total + (i % 2 === 0 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2), 0)
  return sum % 10 === 0
}
