import type { TaskView } from '../../src/domain/tasks/task-view.ts'
import { delayOf, type Context } from './context.ts'
import { Process } from './event-loop.ts'
import type { Replica } from './replica/replica.ts'
import type { WatchedExpression } from './replica/watching.ts'

interface Versioned {
  readonly version: number
}

/** A page that watches an expression and its tasks, now through this replica, now through that one. */
export class Observer {
  readonly process: Process
  readonly expressionId: string
  /** What it shows: of each entity the state with the highest version. */
  readonly expressions = new Map<string, WatchedExpression>()
  readonly tasks = new Map<string, TaskView>()
  private readonly replicas: () => readonly Replica[]
  private readonly context: Context

  constructor(context: Context, expressionId: string, replicas: () => readonly Replica[]) {
    this.context = context
    this.expressionId = expressionId
    this.replicas = replicas
    this.process = new Process(`observer of ${expressionId.slice(-4)}`)
  }

  subscribe(): void {
    const { loop, random } = this.context
    const replica = random.pick(this.replicas().filter(({ process, isServing }) => process.isAlive && isServing))
    if (replica === undefined) return void loop.schedule(this.process, 300, () => this.subscribe())
    loop.schedule(replica.process, delayOf(this.context), () => {
      const { watching } = replica
      void this.follow(replica, watching.watchExpression(this.expressionId), this.expressions, ({ id }) => id)
      void this.follow(replica, watching.watchTasks(this.expressionId), this.tasks, ({ index }) => `${index}`)
    })
    const watchSocket = () => {
      if (replica.process.isAlive && replica.isServing) loop.schedule(this.process, 500, watchSocket)
      else this.subscribe()
    }
    loop.schedule(this.process, 500, watchSocket)
  }

  /** One subscription: what it brings must never go back. */
  private async follow<Entity extends Versioned>(
    replica: Replica,
    changes: AsyncIterableIterator<Entity[]>,
    shown: Map<string, Entity>,
    keyOf: (entity: Entity) => string,
  ): Promise<void> {
    const { loop } = this.context
    const brought = new Map<string, number>()
    let lastArrival = 0
    for await (const entities of changes) {
      if (!replica.isServing) return
      lastArrival = Math.max(lastArrival, loop.now() + delayOf(this.context))
      loop.schedule(this.process, lastArrival - loop.now(), () => {
        for (const entity of entities) {
          const key = keyOf(entity)
          if (entity.version < (brought.get(key) ?? 0) && !this.mayBeBehind(replica))
            this.context.violated(`I4: ${key} of ${this.expressionId.slice(-4)} went back to ${entity.version}`)
          brought.set(key, entity.version)
          if (entity.version >= (shown.get(key)?.version ?? 0)) shown.set(key, entity)
        }
      })
    }
  }

  /**
   * A replica that was hindered may not know yet that an expression is another's, one that is just taking an expression not yet that it was
   * cancelled, and of one that is being deleted a row may be read with its log, and a moment later without: a page drops what it says.
   */
  private mayBeBehind({ process }: Replica): boolean {
    const status = this.context.store.expressions.rows.get(this.expressionId)?.status
    return process.wasHindered || status === 'CANCELLED' || status === undefined
  }
}
