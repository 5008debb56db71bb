import type { Expression } from '../workload/expression.ts'
import type { RunningSystem } from '../systems/system.ts'

/** Submits all, as fast as the system answers, with as many submissions unanswered as it may have. */
export async function submitAll(system: RunningSystem, expressions: readonly Expression[]): Promise<void> {
  const { size, unanswered } = system.submission
  let next = 0
  const submitter = async () => {
    while (next < expressions.length) {
      const part = expressions.slice(next, next + size)
      next += size
      await system.submit(part)
    }
  }
  await Promise.all(Array.from({ length: unanswered }, submitter))
}
