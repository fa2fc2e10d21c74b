/** A notice that was dismissed is not shown, and not raised again before what it told of is over. */
export const noticesDismissed = `
  ALTER TABLE notices ADD COLUMN dismissed_at INTEGER;
`
