import { SerialByKey } from '../../store/serial.ts'
import type { TaskReceipt } from '../../use-cases/scheduler-port.ts'
import type { Appender, Arrived } from './appender.ts'
import type { Attempts } from './attempts.ts'
import type { CatchUp } from './catch-up.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Offences } from './offences.ts'
import type { Scrutiny } from './scrutiny.ts'
import type { Assignment } from '../memory/assignment.ts'

export interface ForeignParts {
  readonly appender: Appender
  readonly attempts: Attempts
  readonly catchUp: CatchUp
  readonly scrutiny: Scrutiny
  readonly offences: Offences
}

/** Values of tasks whose expression this replica does not own: after a crash, agents return what the lost owner gave them. */
export class ForeignResults {
  /** By expression. */
  private readonly serial = new SerialByKey()
  private readonly deps: SchedulerDeps
  private readonly parts: ForeignParts

  constructor(deps: SchedulerDeps, parts: ForeignParts) {
    this.deps = deps
    this.parts = parts
  }

  /** Results of an expression are judged one after the other: a child is to be in the log before its parent is judged. */
  accept(assignment: Assignment, arrived: Arrived): Promise<TaskReceipt> {
    return this.serial.run(assignment.expressionId, () => this.judge(assignment, arrived))
  }

  private async judge(assignment: Assignment, arrived: Arrived): Promise<TaskReceipt> {
    const { state, store } = this.deps
    const { expressionId, task, epoch } = assignment
    if (!(await store.ownership.isUnfinished({ expressionId, task, epoch }))) return 'NOT_NEEDED'
    const computed = await store.log.computed(expressionId, task)
    if (computed === null) {
      // Operands that are not in the log leave nobody to tell whether the value is right: the task is given out anew once they are.
      await this.parts.attempts.release([assignment])
      return 'NOT_NEEDED'
    }
    const fault = this.parts.scrutiny.faultIn(computed, { kind: 'value', value: arrived.value })
    if (fault !== null) {
      await this.parts.offences.note(assignment.agentId, [{ assignment, isAssigned: true, fault }])
      return 'REFUSED'
    }
    const [receipt = 'REFUSED'] = await this.parts.appender.add([arrived])
    // The expression may have been taken in while this was on its way.
    const owned = state.owned.get(expressionId)
    if (owned) await this.parts.catchUp.run(owned)
    return receipt
  }
}
