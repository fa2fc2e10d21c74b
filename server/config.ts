/** The only reader of the environment. Every problem is named at once; `NAME_FILE` reads a secret from a file. */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('./data'),
  KEYS_DIR: z.string().min(1).default('./keys'),
  CACHE_DIR: z.string().min(1).default(join(tmpdir(), 'vouch-cache')),
  MODELS_DIR: z.string().min(1).default('./models/weights'),
  MODELS_SOURCE: z.string().min(1).optional(),
  ANSWER_MODEL: z.string().min(1).default('qwen2.5-coder-1.5b-instruct-q4_k_m'),
  MODEL_THREADS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  MODEL_QUEUE: z.coerce.number().int().min(1).max(10_000).default(32),
  SAMPLE_KB: z.enum(['yes', 'no']).default('yes'),
  FIRM_NAME: z.string().min(1).max(80).default('Alder Bank'),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  API_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  API_KEY_TIER: z.string().min(1).default('standard'),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  REVIEW_DUE_MINUTES: z.coerce.number().int().min(1).max(10_080).default(60),
  CORRECTIONS_PER_MINUTE: z.coerce.number().min(1).max(6000).default(120),
  WEBHOOK_URL: z
    .url()
    .refine(
      (url) => /^https:|^http:\/\/(?:localhost|127\.0\.0\.1)[:/]/.test(url),
      'must begin with https:// (or http://localhost for a trial)',
    )
    .optional(),
  WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtps:// or smtp://')
    .optional(),
  MAIL_FROM: z.email().optional(),
  EXPIRED_ARTICLES: z.enum(['hold', 'send']).default('hold'),
  AUDIT_SHARE: z.coerce
    .number()
    .min(0.05, 'must be at least 0.05: a random share of what is sent is always looked at')
    .max(1)
    .default(0.05),
  CERTIFIED_ONLY: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export type Config = Readonly<z.infer<typeof schema>>

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** The names that `readConfig` understands, for `.env.example`'s test. */
export const SETTINGS = Object.keys(schema.shape)

/** The environment, and below it a file `.env` in the working folder, if there is one. */
function environment(): NodeJS.ProcessEnv {
  return { ...(existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}), ...process.env }
}

export function readConfig(env: NodeJS.ProcessEnv = environment()): Config {
  const given: Record<string, string> = {}
  const problems: string[] = []
  for (const name of SETTINGS) {
    const value = fromFile(name, env, problems) ?? env[name]
    if (value !== undefined && value !== '') given[name] = value
  }
  const parsed = schema.safeParse(given)
  if (given['WEBHOOK_URL'] && !given['WEBHOOK_SECRET']) problems.push('WEBHOOK_SECRET: is needed with WEBHOOK_URL')
  if (given['SMTP_URL'] && !given['MAIL_FROM']) problems.push('MAIL_FROM: is needed with SMTP_URL')
  if (!parsed.success) for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')}: ${issue.message}`)
  if (problems.length > 0 || !parsed.success)
    throw new ConfigError(`The settings have ${problems.length} problem(s):\n  ${problems.join('\n  ')}`)
  const c = parsed.data
  return Object.freeze({
    ...c,
    DATA_DIR: resolve(c.DATA_DIR),
    KEYS_DIR: resolve(c.KEYS_DIR),
    CACHE_DIR: resolve(c.CACHE_DIR),
    MODELS_DIR: resolve(c.MODELS_DIR),
  })
}

function fromFile(name: string, env: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const file = env[`${name}_FILE`]
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    problems.push(`${name}_FILE: cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'error'})`)
    return undefined
  }
}
