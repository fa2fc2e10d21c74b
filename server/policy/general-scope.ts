import type { Topic, UrgentCase } from '../scope-types.ts'

/** Topics of a firm that named none: those its articles carry, with their titles as examples. Everything is allowed. Pure. */
export function topicsOf(articles: { topic: string | null; title: string }[]): Topic[] {
  const titles = new Map<string, string[]>()
  for (const { topic, title } of articles) if (topic) titles.set(topic, [...(titles.get(topic) ?? []), title])
  return [...titles].map(([id, examples]) => ({
    id,
    title: id.replaceAll('-', ' '),
    description: examples.join('. '),
    examples,
    rule: 'allowed',
  }))
}

/** Life or health at stake: what is told when no case of the firm's fits. */
export const DANGER: UrgentCase = {
  id: 'danger',
  title: 'Danger to life or health',
  description: 'Somebody is in danger or badly hurt right now, or does not want to live any more.',
  examples: [
    'I don’t want to live any more',
    'I am going to end it all',
    'I can’t go on, I want to die',
    'I have taken too many pills',
    'He has collapsed and is not breathing',
    'She has terrible chest pain right now',
    'The bleeding won’t stop, what do I do',
    'There is a fire in my house right now',
    'I can smell gas in the kitchen',
    'The carbon monoxide alarm is going off',
    'My child has swallowed something poisonous',
    'He is having a fit and it will not stop',
  ],
  text: 'If anybody is in danger, please call the emergency services now: 999 (112 from a mobile phone). If you feel that you cannot go on, you can talk to the Samaritans at any time, free of charge, on 116 123. A colleague has been told and takes over this conversation.',
}

/** What can't wait in any trade, until a firm names its own cases and approves its own texts. */
export const GENERAL_URGENT: UrgentCase[] = [
  DANGER,
  {
    id: 'fraud',
    title: 'Fraud or theft that is happening now',
    description: 'Somebody is stealing from the customer or has just tricked them, and every minute counts.',
    examples: [
      'Somebody is taking money out of my account right now',
      'My card and my PIN have just been stolen',
      'I have just told a caller my passcode',
      'I clicked on a link and typed in my password, I think it was a scam',
      'I have just paid somebody and now I think it is a fraud',
      'A caller says he is from your security team and wants me to move my money',
      'My phone was snatched and they can get into my account',
    ],
    text: 'Please stop, pay nothing more and tell nobody a code, PIN or password; we never ask for one. End any call that you are on. If money is at risk, call the number on the back of your card or on our website now. A colleague has been told and takes over this conversation.',
  },
]
