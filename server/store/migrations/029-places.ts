/** `place`: of the cell's next test among all tests of the house; `making`: of what answered when it was given (JSON). Both null in older plans. */
export const places = `
  ALTER TABLE plans ADD COLUMN place INTEGER;
  ALTER TABLE plans ADD COLUMN making TEXT;
`
