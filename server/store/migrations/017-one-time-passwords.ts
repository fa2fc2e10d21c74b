/** Passwords that somebody else made up: they let in once, to choose one's own. */
export const oneTimePasswords = `
  ALTER TABLE staff ADD COLUMN one_time INTEGER NOT NULL DEFAULT 0;
`
