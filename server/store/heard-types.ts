/** What customers said of an answer after they had it. */
export interface Heard {
  conversation: string
  /** `contradicts`: they were told otherwise elsewhere; `report`: they marked it as wrong. */
  how: 'contradicts' | 'report'
  /** Their words; empty where they gave none, or they were erased. */
  text: string
  at: number
}

export interface HeardStore {
  /** Of the answers of an incident that are in, and of the one that it was opened from; oldest first. */
  of(incident: string): Heard[]
}
