import { Appender, type Arrived, type ResultLog } from '../../../src/scheduler/appender.ts'
import type { Ending } from '../../../src/scheduler/ending.ts'
import type { TaskReceipt } from '../../../src/use-cases/scheduler-port.ts'
import type { Parts } from './parts.ts'

/** The scheduler's own append loop, on the model of the store. */
export class LogWriter extends Appender {
  private readonly parts: Parts

  constructor(parts: Parts, ending: Ending) {
    super(parts.deps, ending, logOf(parts))
    this.parts = parts
  }

  override add(arrivals: readonly Arrived[]): Promise<readonly TaskReceipt[]> {
    const receipts = super.add(arrivals)
    if (this.parts.broken !== 'acknowledges before the commit') return receipts
    void receipts
    return Promise.resolve(arrivals.map(() => 'ACCEPTED'))
  }
}

const logOf = ({ store }: Parts): ResultLog => ({
  append: (results, completions) => store.call(({ expressions }) => expressions.append(results, completions)),
  load: (expressionId, tasks) =>
    store.call(({ expressions }) => {
      const log = expressions.logs.get(expressionId)
      return tasks.flatMap((task) => log?.get(task) ?? [])
    }),
})
