/** Customers' keys, wrapped by a master key, in a folder of their own: without it the record shows who did what when, but not a word. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { seal, unseal } from './cipher.ts'
import { connect } from './connect.ts'

export interface Keys {
  /** Tells one master key from another, and nothing else. */
  id: string
  /** Makes a key; durable when it returns. */
  create(customer: string): Buffer
  /** Null when it was destroyed, or there never was one. */
  of(customer: string): Buffer | null
  /** HMAC-SHA-256 (hex) that means nothing any more once the customer's key is destroyed. */
  digest(customer: string, text: string): string
  /** 32 bytes for another purpose, derived from the master key (HKDF-SHA-256, RFC 5869). */
  secret(purpose: string): Buffer
  close(): void
}

/** Unwrapped keys kept at hand. */
const AT_HAND = 5000

export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if ((statSync(folder).mode & 0o077) !== 0) closeToOthers(folder)
  const master = masterKey(folder)
  const db = connect(join(folder, 'keys.db'))
  db.exec('CREATE TABLE IF NOT EXISTS keys (customer TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID')
  const insert = db.prepare<[string, Buffer]>('INSERT INTO keys (customer, wrapped) VALUES (?, ?)')
  const select = db.prepare<[string], { wrapped: Buffer }>('SELECT wrapped FROM keys WHERE customer = ?')
  const atHand = new Map<string, Buffer>()
  const secret = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', purpose, 32))

  const of = (customer: string): Buffer | null => {
    const known = atHand.get(customer)
    if (known) return known
    const row = select.get(customer)
    if (!row) return null
    const key = unseal(master, row.wrapped, `key:${customer}`)
    if (atHand.size >= AT_HAND) atHand.clear()
    atHand.set(customer, key)
    return key
  }

  return {
    id: secret('vouch master key id').toString('hex').slice(0, 16),
    create(customer) {
      const key = randomBytes(32)
      insert.run(customer, seal(master, key, `key:${customer}`))
      return key
    },
    of,
    digest(customer, text) {
      const key = of(customer)
      if (!key) throw new Error(`The key of ${customer} was destroyed`)
      return createHmac('sha256', Buffer.from(hkdfSync('sha256', key, '', 'vouch digest', 32)))
        .update(text)
        .digest('hex')
    },
    secret,
    close: () => db.close(),
  }
}

function masterKey(folder: string): Buffer {
  const file = join(folder, 'master.key')
  if (!existsSync(file)) {
    if (existsSync(join(folder, 'keys.db')))
      throw new Error(`${file} is missing, and without it the keys in ${folder} can't be opened. Restore it from its backup.`)
    writeDurably(folder, file, `${randomBytes(32).toString('hex')}\n`)
  }
  chmodSync(file, 0o600)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is damaged: it must hold 64 hexadecimal digits. Restore it from its backup.`)
  return Buffer.from(text, 'hex')
}

function writeDurably(folder: string, file: string, text: string): void {
  const fd = openSync(file, 'wx', 0o600)
  writeSync(fd, text)
  fsyncSync(fd)
  closeSync(fd)
  const dir = openSync(folder, 'r')
  fsyncSync(dir)
  closeSync(dir)
}

/** A mounted volume may belong to somebody else, who alone can change its mode; the files in it are 0600 all the same. */
function closeToOthers(folder: string): void {
  try {
    chmodSync(folder, 0o700)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  }
}
