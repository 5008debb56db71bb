import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'

/** What a ticket tells. */
export interface TicketClaim {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
  /** Of the expression, as when the task was given out: it tells what was given out before a retry. */
  readonly epoch: number
}

const claimBytes = 28
const macBytes = 16

/**
 * Tickets prove that an agent was given a task, to any replica and even after a crash, because nothing of it is remembered: a ticket is
 * expression (16 bytes), task, attempt and epoch (4 each), then HMAC-SHA256 over them and the agent's id, cut to 128 bits; all in base64url.
 */
export class Tickets {
  private readonly key: KeyObject

  constructor(secret: string) {
    this.key = createSecretKey(createHmac('sha256', secret).update('reckon ticket').digest())
  }

  issue(claim: TicketClaim, agentId: string): string {
    const bytes = Buffer.alloc(claimBytes + macBytes)
    bytes.write(claim.expressionId.replaceAll('-', ''), 0, 'hex')
    bytes.writeUInt32BE(claim.task, 16)
    bytes.writeUInt32BE(claim.attempt, 20)
    bytes.writeUInt32BE(claim.epoch, 24)
    this.mac(bytes.subarray(0, claimBytes), agentId).copy(bytes, claimBytes)
    return bytes.toString('base64url')
  }

  /** What a ticket tells, if it is this agent's; undefined where it was forged or changed, or is another agent's. */
  verify(ticket: string, agentId: string): TicketClaim | undefined {
    const bytes = Buffer.from(ticket, 'base64url')
    // Decoding passes over what is no base64url, and over the last letter's spare bits: a ticket has one form alone.
    if (bytes.length !== claimBytes + macBytes || bytes.toString('base64url') !== ticket) return undefined
    const claim = bytes.subarray(0, claimBytes)
    if (!timingSafeEqual(this.mac(claim, agentId), bytes.subarray(claimBytes))) return undefined
    const hex = claim.toString('hex', 0, 16)
    const expressionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    const [task, attempt, epoch] = [claim.readUInt32BE(16), claim.readUInt32BE(20), claim.readUInt32BE(24)]
    return { expressionId, task, attempt, epoch }
  }

  private mac(claim: Buffer, agentId: string): Buffer {
    return createHmac('sha256', this.key).update(claim).update(agentId).digest().subarray(0, macBytes)
  }
}
