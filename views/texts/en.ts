/**
 * Every word that a customer reads and that is neither theirs, a colleague's nor an article's. A second language is a second file of this shape.
 * `{contact}` in a notice stands for the firm's own words on how to reach it (`ScopeRules.contact`); `fill` puts it in.
 */
export const texts = {
  /** What the pipeline tells a customer as a message in the conversation. */
  notices: {
    held: 'A colleague is checking this answer before you get it. It will appear here, in this conversation, as soon as they have decided. You can leave this page and come back.',
    gap: 'I could not find this in our documents, so I will not guess. You can ask in other words, or talk to a person. {contact}',
    outOfScope: 'I can only help with questions about our own products and services. {contact}',
    handedOver: 'A colleague takes over from here and answers in this conversation. Nothing that you wrote needs to be repeated. {contact}',
    askedForPerson:
      'You asked for a person. A colleague reads this conversation and answers here; nothing that you wrote needs to be repeated. {contact}',
    personOnly: 'This is something that a colleague should answer, not a machine. They read this conversation and answer here. {contact}',
    taken: '{name} has joined this conversation and answers from now on.',
    handedBack: 'The colleague has left this conversation. You can go on asking here.',
    askBack: {
      done: {
        text: 'I want to be sure that I understand you. Do you have all that you need, or would you rather go on with a person? Tell me which, in your own words if you like.',
        choices: ['I have all that I need.', 'I would like to talk to a person.'],
      },
      cancel: {
        text: 'I want to be sure that I understand you. Shall we end this conversation here, or would you like to cancel something that you have with us? Tell me which, in your own words if you like.',
        choices: ['We can stop here, I need nothing more.', 'How do I cancel something that I have with you?'],
      },
    },
    reported:
      'Thank you for telling us. A colleague looks at this answer and tells you here what came of it. Please do not rely on it until then.',
    reportConfirmed:
      'Thank you for telling us. You are right: this answer was wrong. We are putting it right, and the correction will appear here.',
    reportDismissed:
      'Thank you for telling us. A colleague has compared this answer with our documents, and it is right as it stands. If you still see it differently, write here.',
    settled: 'Thank you. If anything else comes up, just write here.',
    greeting:
      'Hello. I am an AI assistant and answer from our own documents. What would you like to know? You can also talk to a person at any time.',
    rejected: 'A colleague has looked at your question and will answer it here themselves. {contact}',
    failed:
      'Something went wrong on our side, and your question was not answered. Your message is kept. Please ask again, or talk to a person.',
    cancelled: 'You stopped this question. It was not answered.',
  },

  /** What puts right something that was said. Nobody is blamed: the firm said it. */
  correction: {
    opening: 'We told you something in this conversation that was not right. We are sorry.',
    said: 'We said: “{wrong}”',
    right: 'What is right: {right}',
    why: 'How it came about: {why}',
    toDo: 'What you may have to do: {toDo}',
    closing: 'If this has cost you anything, or you have a question, write here and a colleague will answer. {contact}',
    mail: {
      subject: 'A correction to what {firm} told you',
      reminder: 'Please read: a correction to what {firm} told you',
      greeting: 'Hello,',
      opening: 'You asked us something, and what we told you was not right. We are sorry.',
      closing: 'If this has cost you anything, or you have a question, answer where you asked us, and a colleague will help. {contact}',
      farewell: '{firm}',
    },
    /** On the answer that was wrong, and on the message that puts it right. */
    wasWrong: 'This was not right.',
    seeRight: 'See the correction',
    /** On every page of the portal until it is read. */
    unread: 'We have put right something that we told you.',
    read: 'Read the correction',
    title: 'Correction',
    of: 'It puts right',
    ofAnswer: 'what we told you above',
  },

  /** What stands with an answer. */
  answer: {
    caveat: 'Part of this answer could not be confirmed word for word. Please open the sources before you rely on it.',
    quotedFrom: 'From “{title}”',
    approved: 'Checked by a colleague',
  },

  portal: {
    title: 'Ask us',
    heading: 'How can we help?',
    machine:
      'You are writing with an AI assistant. It answers from our own documents only, and every answer is checked against them before you see it. It can still be wrong: open the source beside an answer to see for yourself.',
    machineShort: 'Answers come from an AI assistant, checked against our documents.',
    private: 'Never write card numbers, PINs or passcodes here.',
    examples: 'For example',
    thread: 'Conversation',
    you: 'You',
    assistant: 'AI assistant',
    colleague: 'Colleague',
    newConversation: 'New conversation',
    earlier: 'Your earlier conversations',
    answerTo: 'In answer to',
    heldDone: 'A colleague has checked this answer. It is further down.',
    composer: 'Your question',
    placeholder: 'Write your question',
    send: 'Send',
    keys: 'Enter sends, Shift + Enter starts a new line.',
    left: '{count} characters left',
    over: '{count} characters too many',
    closed: 'This conversation has ended. What you write now begins a new one.',
    withPerson: 'A colleague reads what you write here.',
    waiting: 'A colleague has been asked to join. What you write here is for them.',
  },

  stages: {
    long: {
      reading: 'Reading your question',
      searching: 'Searching our documents',
      writing: 'Writing an answer',
      checking: 'Checking it against the documents',
    },
    short: { reading: 'Reading', searching: 'Searching', writing: 'Writing', checking: 'Checking' },
    stop: 'Stop',
    look: 'See if the answer is there',
  },

  sources: {
    one: 'Source',
    many: 'Sources',
    open: 'Source {number}: {title}',
    title: 'Where this comes from',
    said: 'The answer says',
    highlighted: 'The words that it rests on are marked in the document.',
    newer: 'This is the version that the answer was checked against. The document has been changed since.',
    back: 'Back to the conversation',
  },

  feedback: {
    ask: 'Was this helpful?',
    up: 'Yes, it was helpful',
    down: 'No, it was not helpful',
    thanks: 'Thank you. This helps us to do better.',
    whatWrong: 'What was wrong with it?',
    wrong: 'It is not correct',
    other: 'It does not answer my question',
    unclear: 'It is hard to understand',
    more: 'Anything you want to add',
    send: 'Send',
  },

  report: {
    link: 'Something in this is wrong',
    title: 'Tell us what is wrong',
    which: 'Which sentence is it?',
    all: 'The answer as a whole',
    how: 'What is wrong with it?',
    kinds: {
      factual: 'It is not correct',
      misread: 'It does not answer my question',
      outdated: 'It is out of date',
      tone: 'The tone is wrong',
      'out of scope': 'A machine should not answer this',
    },
    more: 'What is right, or what you were told elsewhere (optional)',
    send: 'Send',
  },

  person: {
    ask: 'Talk to a person',
    short: 'A person',
    title: 'Talk to a person',
    next: 'What happens next',
    steps: [
      'A colleague is told at once that you are waiting.',
      'They read this conversation, so you need not repeat anything.',
      'They answer here, in this conversation. You can leave this page and come back with the same device.',
    ],
    otherwise: 'Other ways to reach us',
    yes: 'Ask for a person',
    no: 'Not now',
    failed: 'We could not pass this on at the moment. Please try again shortly. {contact}',
    already: 'A colleague has been asked already. They answer in this conversation.',
  },

  problems: {
    empty: 'Please write a question first.',
    long: 'Your message has {count} characters; {limit} fit. Please shorten it.',
    busy: 'Many people are asking at the moment, so your question could not be taken. It is still in the box below. Please try again in {seconds} seconds.',
    busyTurn:
      'Many people are asking at the moment, so this question could not be answered. Please ask it again in about {seconds} seconds, or talk to a person.',
    record:
      'We cannot keep a record at the moment, and without one we send no answers. Your question is still in the box below. Please try again shortly.',
    often: 'That was too many messages in a short time. Your question is still in the box below. Please wait {seconds} seconds.',
    offline: 'There is no connection at the moment. Your question is still in the box below; please send it again when you are back.',
    lost: 'The connection was lost. New messages appear as soon as it is back.',
    other: 'That did not work. Your question is still in the box below. Please try again.',
    again: 'Try again',
    page: 'This page could not be shown',
    missing: 'There is nothing at this address',
    missingBody: 'It may have belonged to another conversation, or the address has a typing mistake.',
    home: 'Go to your conversation',
  },
} as const

/** Puts values into `{name}` places. A place that got no value is left out, and the space before it. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/ ?\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(values, name) ? String(values[name]) : ''
    return value === '' ? '' : `${place.startsWith(' ') ? ' ' : ''}${value}`
  })
}
