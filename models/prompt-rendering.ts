/** From a prompt to tokens and from tokens to text, as the model's own files say. */
import type { LlamaModel, resolveChatWrapper, Token } from 'node-llama-cpp'
import type { Prompt } from './types.ts'

export interface Renderer {
  prompt(prompt: Prompt): Token[]
  /** Tokens that end a reply, besides those that the model declares itself. */
  stops: ReadonlySet<Token>
}

/**
 * Renders with the chat template that lies in the weights. What the prompt holds is never read as control tokens, so a passage or a
 * question can't close its own message and speak in another role.
 */
export function renderer(model: LlamaModel, resolve: typeof resolveChatWrapper): Renderer {
  const wrapper = model.fileInfo.metadata.tokenizer?.chat_template ? resolve(model, { type: 'jinjaTemplate' }) : resolve(model)
  const state = (prompt: Prompt) =>
    wrapper.generateContextState({
      chatHistory: [
        { type: 'system', text: prompt.system },
        { type: 'user', text: prompt.context ? `${prompt.context}\n\n${prompt.question}` : prompt.question },
        { type: 'model', response: [prompt.reply ?? ''] },
      ],
    })
  const triggers = state({ system: '', context: '', question: '' }).stopGenerationTriggers
  const stops = triggers.map((trigger) => trigger.tokenize(model.tokenizer)).filter((tokens) => tokens.length === 1)
  return {
    prompt: (prompt) => withOneBos(model, state(prompt).contextText.tokenize(model.tokenizer)),
    stops: new Set(stops.flat()),
  }
}

/** Where a template begins with the token that the library puts in front as well, one of them is enough. */
function withOneBos(model: LlamaModel, tokens: Token[]): Token[] {
  return tokens[0] === model.tokens.bos && tokens[1] === tokens[0] ? tokens.slice(1) : tokens
}

/** Text of a reply token by token. A character of several tokens comes with the last of them, until then the text is empty. */
export function continuation(model: LlamaModel): { add(token: Token): string; rest(): string } {
  const tokens: Token[] = []
  let given = ''
  const since = (): string => model.detokenize(tokens).slice(given.length)
  return {
    add(token) {
      tokens.push(token)
      const text = since()
      if (text.endsWith('\uFFFD')) return ''
      given += text
      return text
    },
    rest: since,
  }
}
