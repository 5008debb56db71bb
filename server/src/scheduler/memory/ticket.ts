import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** What a ticket tells. */
export interface TicketClaim {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  /** Of the expression, as when the task was given out: it tells what was given out before a retry. */
  readonly epoch: number
}

/** The longest ticket there is; one that agents make up may have any length. */
const maxLength = 100

/** Letters of base64url, of 6 bits each: more than 128 bits. */
const macLetters = 22

/**
 * Tickets prove that an agent was given a task, to any replica and even after a crash, because nothing of it is remembered: a ticket is
 * `expression.task.attempt.epoch.mac`, the last being a keyed hash of what stands before it and the agent's id, cut to 132 bits.
 *
 * It is BLAKE2b of the key and then the message: what follows a message cannot be foreseen from its hash, as with SHA-2, so that it needs no HMAC
 * around it, which takes twice as long (Luykx, Mennink, Neves 2016, https://eprint.iacr.org/2016/827: it behaves as a random function).
 */
export class Tickets {
  /** 256 bits, as letters. */
  private readonly key: string

  constructor(secret: string) {
    this.key = createHmac('sha256', secret).update('reckon ticket').digest('base64url')
  }

  issue({ expressionId, task, attempt, epoch }: TicketClaim, agentId: string): string {
    const claim = `${expressionId}.${task}.${attempt}.${epoch}`
    return `${claim}.${this.mac(claim, agentId)}`
  }

  /** The claim of a ticket, if it is this agent's; undefined where it was forged or changed, or is another agent's. */
  verify(ticket: string, agentId: string): TicketClaim | undefined {
    if (ticket.length > maxLength) return undefined
    const end = ticket.lastIndexOf('.')
    const claim = ticket.slice(0, end)
    if (!isEqual(ticket.slice(end + 1), this.mac(claim, agentId))) return undefined
    // Only who has the secret can have written it, so it is of the form above.
    const [expressionId = '', ...numbers] = claim.split('.')
    const [task = 0, attempt = 0, epoch = 0] = numbers.map(Number)
    return { expressionId, task, attempt, epoch }
  }

  private mac(claim: string, agentId: string): string {
    return hash('blake2b512', `${this.key} ${claim} ${agentId}`, 'base64url').slice(0, macLetters)
  }
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
