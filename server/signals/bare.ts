/** Small letters and single spaces alone: what patterns for a whole message are compared with. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}' ]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
