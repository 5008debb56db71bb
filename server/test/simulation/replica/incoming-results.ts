import { isWellFormed } from '../../../src/domain/number.ts'
import { Results } from '../../../src/scheduler/results.ts'
import { Scrutiny } from '../../../src/scheduler/scrutiny.ts'
import type { TicketClaim } from '../../../src/scheduler/ticket.ts'
import type { SubmittedResult, TaskReceipt } from '../../../src/use-cases/scheduler-port.ts'
import type { Endings } from './endings.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import type { LogReader } from './log-reader.ts'
import type { LogWriter } from './log-writer.ts'
import type { Parts } from './parts.ts'

interface ResultParts {
  readonly appender: LogWriter
  readonly attempts: FailedAttempts
  readonly ending: Endings
  readonly catchUp: LogReader
}

/**
 * Takes in what agents return: by the scheduler's own `Results`, but for the values of expressions that this replica does not own, of which
 * the store must be asked first.
 */
export class IncomingResults {
  private readonly own: Results
  private readonly parts: Parts
  private readonly resultParts: ResultParts

  constructor(parts: Parts, resultParts: ResultParts) {
    const { ids, clock, environment } = parts.deps
    const scrutiny = new Scrutiny({ ids, clock, maxDigits: environment.MAX_DIGITS })
    const note = () => Promise.reject(new Error('an agent that computes rightly was refused a result'))
    this.own = new Results(parts.deps, { ...resultParts, scrutiny, offences: { note } })
    this.parts = parts
    this.resultParts = resultParts
  }

  async submit(agentId: string, results: readonly SubmittedResult[]): Promise<TaskReceipt[]> {
    const receipts = results.map(async (result): Promise<TaskReceipt> => {
      const { outcome } = result
      const claim = this.findForeign(agentId, result.ticket)
      const isTaken = outcome.kind === 'value' && isWellFormed(outcome.value, this.parts.deps.environment.MAX_DIGITS)
      if (claim && outcome.kind === 'value' && isTaken) return this.takeForeign(agentId, claim, result, outcome.value)
      const [receipt = 'REFUSED'] = await this.own.submit(agentId, [result])
      return receipt
    })
    return Promise.all(receipts)
  }

  /** What a ticket tells, where its expression is not this replica's. */
  private findForeign(agentId: string, ticket: string): TicketClaim | undefined {
    const { state, tickets } = this.parts.deps
    const held = state.sessions.get(agentId)?.held.get(ticket)
    if (held) return held.owned === null ? held : undefined
    const claim = tickets.verify(ticket, agentId)
    return claim && !state.owned.has(claim.expressionId) ? claim : undefined
  }

  private async takeForeign(
    agentId: string,
    { expressionId, task, attempt, epoch }: TicketClaim,
    { ticket, elapsedMs }: SubmittedResult,
    value: string,
  ): Promise<TaskReceipt> {
    const { state, clock } = this.parts.deps
    const session = state.sessions.get(agentId)
    if (session?.held.delete(ticket)) state.revise(session)
    const arrived = { expressionId, task, attempt, agentId, value, startedAt: clock.now() - elapsedMs }
    if (!(await this.parts.store.call(({ expressions }) => expressions.isUnfinished(expressionId, task, epoch))))
      return 'NOT_NEEDED'
    const [receipt = 'REFUSED'] = await this.resultParts.appender.add([{ ...arrived, owned: null, readyAt: null }])
    const owned = state.owned.get(expressionId)
    if (owned) await this.resultParts.catchUp.run(owned)
    return receipt
  }
}
