/** Passwords: argon2id (RFC 9106) with 19 MiB, two passes, one lane: OWASP's recommendation of memory and time for sign-in. */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { invalid } from '../errors.ts'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const SHORTEST = 10
/** Longer ones would make the server hash for whoever sends them. */
const LONGEST = 200

/** Errors: invalid() with what is wrong. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST) throw invalid(`A password needs at least ${SHORTEST} characters.`)
  if (password.length > LONGEST) throw invalid(`A password has at most ${LONGEST} characters.`)
  return hash(password, COST)
}

/** Takes as long for somebody unknown (null) as for anybody else. */
export async function checkPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobodysHash()), password.slice(0, LONGEST))
  return matches && passwordHash !== null && password.length <= LONGEST
}

/** 100 random bits in four groups that can be read out. */
export function makePassword(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte & 31]).join('')
  return letters.replace(/(.{5})(?=.)/g, '$1-')
}

let nobodys: Promise<string> | null = null

function nobodysHash(): Promise<string> {
  nobodys ??= hash(randomBytes(32), COST)
  return nobodys
}
