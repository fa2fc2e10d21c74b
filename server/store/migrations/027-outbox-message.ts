/** When a message was delivered is asked for each answer that a mistake reached. */
export const outboxMessage = `
  CREATE INDEX outbox_message ON outbox (message);
`
