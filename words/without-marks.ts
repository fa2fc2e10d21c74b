/** Words of an article without the marks of its table, list or link: `| Gas | £110 |` → `Gas · £110`. */
export function withoutMarks(words: string): string {
  return words
    .split('\n')
    .filter((line) => !/^[\s|:-]*-[\s|:-]*$/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/^(?:[-*+>]|#+|\d+\.)\s+/, '')
        .replace(/^\||\|$/g, '')
        .replaceAll('|', '·')
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .trim(),
    )
    .filter(Boolean)
    .join(' ')
}
