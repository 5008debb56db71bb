import type { SchedulerDeps } from '../placing/deps.ts'
import type { Ending } from './ending.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'

/** Brings a graph in memory level with its log, which others may have written to. */
export class CatchUp {
  private readonly deps: SchedulerDeps
  private readonly ending: Ending

  constructor(deps: SchedulerDeps, ending: Ending) {
    this.deps = deps
    this.ending = ending
  }

  /** @param tasks those that may have a result; without them, all */
  async run(owned: OwnedExpression, tasks?: readonly number[]): Promise<void> {
    const { announcer, dispatcher } = this.deps
    const { log } = this.deps.persistent
    const written = tasks ? await log.results(owned.id, tasks) : ((await log.logs([owned.id])).get(owned.id) ?? [])
    if (owned.isOver) return
    const news: number[] = []
    for (const result of written) {
      const { task } = result
      const record = owned.graph.task(task)
      if (record.state === 'SUCCEEDED') continue
      this.deps.dispatcher.revoke(owned.assigneesOf(task))
      const ready = owned.graph.replay(result)
      news.push(task)
      for (const task of ready) dispatcher.enqueue(owned, task)
    }
    if (news.length > 0) {
      announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: news })
      announcer.announce({ kind: 'expression', id: owned.id, ownerId: owned.ownerId, row: owned.row })
    }
    await this.ending.endIfDone(owned)
  }
}
