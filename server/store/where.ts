type Param = string | number

/** `WHERE` of a list: one condition for each filter that was given. Column names are ours, values are bound. */
export function where(conditions: Record<string, Param | undefined>): { sql: string; params: Param[] } {
  const given = Object.entries(conditions).filter((entry): entry is [string, Param] => entry[1] !== undefined)
  return {
    sql: given.length > 0 ? `WHERE ${given.map(([condition]) => condition).join(' AND ')}` : '',
    params: given.map(([, value]) => value),
  }
}
