/** What stands in front of a ticket's HMAC: see the server's scheduler/ticket.ts. */
export interface TicketContent {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
}

export function readTicket(ticket: string): TicketContent {
  const bytes = Buffer.from(ticket, 'base64url')
  const hex = bytes.toString('hex', 0, 16)
  const expressionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { expressionId, task: bytes.readUInt32BE(16), attempt: bytes.readUInt32BE(20) }
}
