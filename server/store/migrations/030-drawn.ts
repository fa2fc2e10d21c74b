/** Whoever looks for what chance chose need not read all that was ever scored. */
export const drawn = `
  CREATE INDEX scored_drawn ON scored (form, drawn, at);
`
