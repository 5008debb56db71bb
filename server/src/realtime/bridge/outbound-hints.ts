import { inChunks } from '../../lists.ts'
import type { Announcer, Uplink } from '../announcer.ts'
import type { Change } from '../change.ts'
import type { ClusterMessage } from '../cluster-message.ts'
import type { Live } from '../live.ts'
import { everyone, type Watchable } from '../local-signal.ts'
import { inPayloads, maxIds, maxStates } from './in-payloads.ts'
import type { Interests } from './interests.ts'
import type { BridgeMessage } from './message.ts'
import type { Publisher } from './publisher.ts'

/** Assignments of an agent that other replicas are told; a page there shows the rest as busy slots. */
const maxAssignments = 16

interface OutboundHintsOptions {
  readonly announcer: Announcer
  readonly publisher: Publisher
  readonly interests: Interests
  readonly live: Live
  /** Whether there is another replica. */
  readonly isAccompanied: () => boolean
}

/** Hints to the other replicas: what any of them must know, and of what changes here that which somebody there watches. */
export class OutboundHints implements Uplink {
  readonly #options: OutboundHintsOptions
  #sent = 0

  constructor(options: OutboundHintsOptions) {
    this.#options = options
    options.announcer.connect(this)
    options.announcer.on('watched', ({ what, id }) =>
      this.#sendIds(`watches:${what}`, [id], (ids) => ({ kind: 'watches', what, ids, isNew: true })),
    )
  }

  announce(change: Change): void {
    const { interests } = this.#options
    switch (change.kind) {
      case 'expression':
        return this.#sendExpression(change.id, change.ownerId)
      case 'tasks':
        if (interests.has('tasks', change.expressionId)) this.#sendTasks(change.expressionId, change.tasks)
        return
      case 'agentWork':
        if (interests.has('agents', everyone)) this.#sendAgentWork(change.id)
        return
      case 'agent':
        return this.#send(`agent:${change.id}`, { kind: 'announcement', announcement: change })
      case 'operations':
        return this.#send(`operations:${change.kinds.join()}`, { kind: 'announcement', announcement: change })
      default:
        return change satisfies never
    }
  }

  broadcast(message: ClusterMessage): void {
    // An expression that is nowhere else concerns only who shows its tasks.
    if (
      message.kind === 'expressionLeft' &&
      !message.mayBeElsewhere &&
      !this.#options.interests.mayHave('tasks', message.id)
    )
      return
    for (const announcement of inPayloads(message))
      this.#send(keyOf(announcement) ?? `each:${this.#sent++}`, { kind: 'announcement', announcement })
  }

  /** Tells anew what is watched here, because a hint can be lost and a replica can have come. */
  renewWatches(): void {
    for (const { what, ids } of this.#options.live.watched())
      for (const [place, some] of inChunks(ids, maxIds).entries())
        this.#send(`renewal:${what}:${place}`, { kind: 'watches', what, ids: some, isNew: false })
  }

  /** Whoever watches these at that replica can count on this one. */
  acknowledgeWatches(to: string, what: Watchable, ids: readonly string[]): void {
    this.#sendIds(`watchAcknowledged:${what}:${to}`, ids, (some) => ({
      kind: 'watchAcknowledged',
      to,
      what,
      ids: some,
    }))
  }

  /** Sends all there is of what only memory knows. */
  sendStates(what: Watchable, ids: readonly string[]): void {
    const { state } = this.#options.live
    if (what === 'agents') for (const agentId of state.agentsHere()) this.#sendAgentWork(agentId)
    if (what === 'tasks') for (const id of ids) this.#sendTasks(id, state.tasksOf(id)?.map(({ index }) => index) ?? [])
  }

  /** @param key of messages with the same that wait to be sent, the last counts */
  #send(key: string, message: BridgeMessage): void {
    if (this.#options.isAccompanied()) this.#options.publisher.add(key, () => [message])
  }

  #sendIds(key: string, ids: readonly string[], message: (some: readonly string[]) => BridgeMessage): void {
    if (this.#options.isAccompanied())
      this.#options.publisher.gather(key, ids, (gathered) => inChunks(gathered, maxIds).map(message))
  }

  #sendExpression(id: string, ownerId: string): void {
    const { interests } = this.#options
    if (interests.mayHave('expressions', ownerId) || interests.mayHave('expressions', id))
      this.#sendIds(`expressions:${ownerId}`, [id], (ids) => ({ kind: 'expressions', ownerId, ids }))
  }

  #sendTasks(expressionId: string, tasks: readonly number[]): void {
    this.#options.publisher.gather(`tasks:${expressionId}`, tasks, (changed) => this.#taskStates(expressionId, changed))
  }

  #taskStates(expressionId: string, changed: readonly number[]): BridgeMessage[] {
    const states = (this.#options.live.state.tasksOf(expressionId, changed) ?? []).map(
      ({ index, status, isRunning, version, attempt, agentId, readyAt, startedAt }) =>
        ({ index, status, isRunning, version, attempt, agentId, readyAt, startedAt }) as const,
    )
    return inChunks(states, maxStates).map((some) => ({ kind: 'taskStates', expressionId, states: some }))
  }

  #sendAgentWork(agentId: string): void {
    this.#options.publisher.add(`agentWork:${agentId}`, () => {
      const { state } = this.#options.live
      const now = state.agentNow(agentId)
      // An agent that is not connected here may be at another replica by now, which tells of it.
      if (now === undefined || !now.isConnected) return []
      const { isConnected: _, ...figures } = now
      const assignments = state.assignmentsOf(agentId)?.slice(0, maxAssignments) ?? []
      return [{ kind: 'agentWork', agentId, work: { ...figures, counts: state.countsOf(agentId), assignments } }]
    })
  }
}

/** By which one message stands for another of the same: what they are about. Null where each counts. */
function keyOf(message: ClusterMessage): string | null {
  if ('id' in message) return `${message.kind}:${message.id}`
  if (message.kind === 'expressionQueued') return `${message.kind}:${message.ownerId}`
  return message.kind === 'tasksOffered' ? message.kind : null
}
