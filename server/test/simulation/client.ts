import { delayOf, type Context } from './context.ts'
import { Process } from './event-loop.ts'
import type { Replica } from './replica/replica.ts'
import type { Source } from './sources.ts'

/** How long a client waits for an answer before it asks again. */
const patienceMs = 3_000

/** A user's program: it submits one expression, again and again until it hears that it was taken in, and may cancel it. */
export class Client {
  readonly process: Process
  readonly ownerId: string
  readonly requestId: string
  readonly source: Source
  /** Of the expression, once its submission was acknowledged. */
  expressionId: string | null = null
  isCancelled = false
  isDeleted = false
  private readonly replicas: () => readonly Replica[]
  private readonly context: Context

  constructor(context: Context, ownerId: string, source: Source, replicas: () => readonly Replica[]) {
    this.context = context
    this.ownerId = ownerId
    this.source = source
    this.replicas = replicas
    this.requestId = `request ${context.nextId()}`
    this.process = new Process(`client ${this.requestId.slice(-4)}`)
  }

  submit(): void {
    void this.untilAnswered(async (replica) => {
      const id = await this.submitAt(replica)
      return () => {
        if (this.expressionId !== null && this.expressionId !== id)
          this.context.violated(`I1: ${this.requestId} made two expressions`)
        this.expressionId = id
      }
    })
  }

  cancel(): void {
    const id = this.expressionId
    if (id === null || this.isCancelled) return
    this.isCancelled = true
    void this.untilAnswered(async (replica) => {
      await this.cancelAt(replica, id)
      return () => undefined
    })
  }

  /** Whether it has failed and may be tried again. */
  get isRetryable(): boolean {
    const row = this.context.store.expressions.rows.get(this.expressionId ?? '')
    return !this.isDeleted && row?.status === 'FAILED' && row.failure?.code === 'ATTEMPTS_SPENT'
  }

  retry(): void {
    const id = this.expressionId
    if (id === null || !this.isRetryable) return
    void this.untilAnswered(async (replica) => {
      await this.retryAt(replica, id)
      return () => undefined
    })
  }

  delete(): void {
    const id = this.expressionId
    if (id === null || this.isDeleted) return
    this.isDeleted = true
    void this.untilAnswered(async ({ link, announcer }) => {
      await link.call(({ expressions }) => expressions.delete(id))
      this.context.seen.add('deleted')
      announcer.broadcast({ kind: 'expressionDeleted', id, ownerId: this.ownerId })
      return () => undefined
    })
  }

  /** As the use case `submitExpression`. */
  private async submitAt({ scheduler, link, announcer }: Replica): Promise<string> {
    const { ownerId, requestId, source } = this
    const { plan, encodedPlan, result } = source
    const id = this.context.nextId()
    const isLoneNumber = 'literal' in plan.root
    const starts = !isLoneNumber && scheduler.admit(id, ownerId)
    let isNew = false
    try {
      const inserted = await link.call(({ expressions }) =>
        expressions.insert([
          {
            ...{ id, ownerId, requestId, source: source.source, plan: encodedPlan, regrouped: false },
            operationCount: plan.tasks.length,
            replicaId: starts ? scheduler.replicaId : null,
            result: isLoneNumber ? result : null,
            failure: null,
          },
        ]),
      )
      isNew = inserted.has(id)
    } finally {
      if (!isNew && starts) scheduler.dismiss(id)
    }
    if (!isNew) {
      const earlier = await link.call(({ expressions }) => expressions.findByRequestId(ownerId, requestId))
      if (earlier === null) throw new Error(`${requestId} was taken and is gone`)
      return earlier
    }
    if (starts) scheduler.begin({ id, ownerId, epoch: 1, plan })
    else if (!isLoneNumber) announcer.broadcast({ kind: 'expressionQueued', ownerId })
    announcer.announce({ kind: 'expression', id, ownerId })
    return id
  }

  /** As the use case `cancelExpression`. */
  private async cancelAt({ link, announcer }: Replica, id: string): Promise<void> {
    await link.call(({ expressions }) => expressions.cancel(id))
    const status = await link.call(({ expressions }) => expressions.rows.get(id)?.status)
    if (status !== 'CANCELLED') return
    announcer.broadcast({ kind: 'expressionCancelled', id })
    announcer.announce({ kind: 'expression', id, ownerId: this.ownerId })
    announcer.announce({ kind: 'tasks', expressionId: id, tasks: [...this.source.plan.tasks.keys()] })
  }

  /** As the use case `retryExpression`. */
  private async retryAt({ link, announcer }: Replica, id: string): Promise<void> {
    const isRetried = await link.call(({ expressions }) => expressions.retry(id))
    const row = await link.call(({ expressions }) => ({ ...expressions.rows.get(id) }))
    if (isRetried) this.context.seen.add('retried')
    const { ownerId } = this
    if (isRetried || row.status === 'QUEUED')
      announcer.broadcast({ kind: 'expressionRetried', id, ownerId, epoch: row.retryEpoch ?? 0 })
  }

  /** Asks some replica, and another one where no answer comes. What it returns is done here. */
  private async untilAnswered(ask: (replica: Replica) => Promise<() => void>): Promise<void> {
    const { loop, random } = this.context
    for (;;) {
      const replica = random.pick(this.replicas().filter(({ process, isServing }) => process.isAlive && isServing))
      const answer = await new Promise<(() => void) | null>((resolve) => {
        const giveUp = () => void resolve(null)
        loop.schedule(this.process, patienceMs, giveUp)
        if (replica === undefined) return
        loop.schedule(replica.process, delayOf(this.context), () => {
          const answer = (then: () => void) => loop.schedule(this.process, delayOf(this.context), then)
          ask(replica).then(
            (done) => answer(() => resolve(done)),
            () => answer(giveUp),
          )
        })
      })
      if (answer) return answer()
    }
  }
}
