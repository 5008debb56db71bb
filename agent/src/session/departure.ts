import type { Logger } from 'pino'

/** Why the agent ended for good. */
export type Departure =
  /** Asked by a signal. `unfinished` tasks were still held when the time for stopping was over. */
  | { readonly kind: 'stopped'; readonly unfinished: number }
  /** Asked by the server; everything held was finished. */
  | { readonly kind: 'drained' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'superseded'; readonly message: string }
  /** It returned results that cannot be; an admin may let it in again. */
  | { readonly kind: 'suspended'; readonly message: string }
  /** The server speaks another version of the protocol. */
  | { readonly kind: 'unsupported'; readonly message: string }

export function logDeparture(log: Logger, departure: Departure): void {
  switch (departure.kind) {
    case 'stopped':
      if (departure.unfinished === 0) return log.info('stopped')
      return log.warn({ unfinished: departure.unfinished }, 'stopped before everything was finished and received')
    case 'drained':
      return log.info('drained')
    case 'refused':
      return log.error({ reason: departure.message }, 'the server refuses the token of this agent')
    case 'superseded':
      return log.error({ reason: departure.message }, 'another agent has taken this name; give each a name of its own')
    case 'suspended':
      return log.error({ reason: departure.message }, 'the server has set this agent aside')
    case 'unsupported':
      return log.error({ reason: departure.message }, 'this agent and the server are of versions that do not fit')
    default:
      return departure satisfies never
  }
}
