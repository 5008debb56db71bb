import type { AgentSessionEvent, TaskAssignment } from '../../use-cases/scheduler-port.ts'

/**
 * How many characters the operands in one message have at most, unless it has but one assignment, which can have 40 000. An agent may be
 * given more than a thousand at once: of the longest these would be 50 MB, more than may wait for a socket.
 */
const maxCharacters = 2 ** 18

/**
 * Messages on their way to an agent. While one message is being written, what comes in gathers into the next, so that assignments and
 * revocations travel as lists; a task that is revoked before it left is not sent at all.
 */
export class Outbox implements AsyncIterableIterator<AgentSessionEvent> {
  private readonly notices: AgentSessionEvent[] = []
  private assignments: TaskAssignment[] = []
  private revoked: string[] = []
  private wake: (() => void) | null = null
  private ended = false
  private endAfterNotices = false
  private readonly onReturn: () => void

  /** @param onReturn called once, when the agent's end is gone */
  constructor(onReturn: () => void) {
    this.onReturn = onReturn
  }

  notify(event: AgentSessionEvent): void {
    this.notices.push(event)
    this.wakeUp()
  }

  assign(assignment: TaskAssignment): void {
    this.assignments.push(assignment)
    this.wakeUp()
  }

  revoke(ticket: string): void {
    const unsent = this.assignments.findIndex((assignment) => assignment.ticket === ticket)
    if (unsent === -1) this.revoked.push(ticket)
    else this.assignments.splice(unsent, 1)
    this.wakeUp()
  }

  /** Ends the subscription, after what was notified. */
  end(): void {
    this.endAfterNotices = true
    this.wakeUp()
  }

  async next(): Promise<IteratorResult<AgentSessionEvent>> {
    for (;;) {
      if (this.ended) return { done: true, value: undefined }
      const event = this.takeEvent()
      if (event) return { done: false, value: event }
      if (this.endAfterNotices) return this.return()
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  return(): Promise<IteratorResult<AgentSessionEvent>> {
    if (!this.ended) {
      this.ended = true
      this.wakeUp()
      this.onReturn()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Once: to resolve a promise anew takes a microsecond, which each task of a batch would pay. */
  private wakeUp(): void {
    const { wake } = this
    this.wake = null
    wake?.()
  }

  private takeEvent(): AgentSessionEvent | undefined {
    const notice = this.notices.shift()
    if (notice) return notice
    if (this.endAfterNotices) return undefined
    if (this.revoked.length > 0) {
      const tickets = this.revoked
      this.revoked = []
      return { kind: 'TasksRevoked', tickets }
    }
    if (this.assignments.length === 0) return undefined
    return { kind: 'TasksAssigned', assignments: this.takeAssignments() }
  }

  /** As many as make one message: numbers of 10 000 digits may fill many. */
  private takeAssignments(): TaskAssignment[] {
    let characters = 0
    const beyond = this.assignments.findIndex(({ operands }) => {
      for (const operand of operands) characters += operand.length
      return characters > maxCharacters
    })
    if (beyond !== -1) return this.assignments.splice(0, Math.max(1, beyond))
    const { assignments } = this
    this.assignments = []
    return assignments
  }
}
