/** What stands in front of a ticket's keyed hash: see the server's scheduler/memory/ticket.ts. */
export interface TicketContent {
  readonly expressionId: string
  readonly task: number
  readonly attempt: number
}

export function readTicket(ticket: string): TicketContent {
  const [expressionId = '', task, attempt] = ticket.split('.')
  return { expressionId, task: Number(task), attempt: Number(attempt) }
}
