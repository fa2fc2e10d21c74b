import { pino, type Logger } from 'pino'

export type { Logger }

/** JSON lines on standard error. Never hand it personal text: ids and counts only. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
}
