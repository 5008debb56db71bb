import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Announcement, Announcer } from '../announcer.ts'
import { agentsTopic, type Live } from '../live.ts'
import { Interests, renewalMs } from './interests.ts'
import { decodeMessages, type BridgeMessage } from './message.ts'
import { Publisher } from './publisher.ts'
import { Wire } from './wire.ts'

export interface BridgeOptions {
  readonly connectionString: string
  readonly replicaId: string
  readonly announcer: Announcer
  readonly live: Live
  readonly clock: Clock
  readonly logger: Logger
}

/** What goes into a message: so many that it stays well below the largest payload. */
const statesAtATime = 30
const tasksAtATime = 500
const topicsAtATime = 100
/** Assignments of an agent that are told; a page at another replica shows the rest as busy slots. */
const assignmentsTold = 16

/**
 * Carries announcements between replicas, over LISTEN and NOTIFY: ids, and of what somebody elsewhere watches also the states that only
 * memory knows. Hints alone: one can be lost, and then whoever may have missed it reads everything anew.
 */
export class Bridge {
  private readonly options: BridgeOptions
  private readonly wire: Wire
  private readonly publisher: Publisher
  private readonly interests: Interests
  private readonly changedTasks = new Map<string, Set<number>>()
  private heardAt = -Infinity
  private connectedAt = -Infinity
  private told = 0
  private renewal: NodeJS.Timeout | undefined

  constructor(options: BridgeOptions) {
    this.options = options
    const { announcer, connectionString, logger, clock, replicaId } = options
    this.wire = new Wire({
      connectionString,
      logger,
      onPayload: (payload) => this.receive(payload),
      onConnected: (again) => this.connected(again),
    })
    this.publisher = new Publisher(replicaId, (payload) => this.wire.send(payload))
    this.interests = new Interests(clock)
    announcer.onOwn((announcement) => this.publish(announcement))
    announcer.on('watched', ({ topic }) => this.tell('watching', { kind: 'watching', topics: [topic] }, topic))
  }

  async start(): Promise<void> {
    await this.wire.start()
    this.renewal = setInterval(() => this.renew(), renewalMs)
    this.renewal.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.renewal)
    await this.publisher.stop()
    await this.wire.stop()
  }

  private connected(again: boolean): void {
    const { announcer, clock } = this.options
    const now = clock.now()
    this.publisher.greet()
    if (again) announcer.relay({ kind: 'missed', forMs: now - Math.max(this.heardAt, this.connectedAt) })
    this.connectedAt = now
  }

  /** Interests are told anew, because a hint can be lost and a replica can have come. */
  private renew(): void {
    for (const [place, topics] of inChunks(this.options.live.watchedTopics(), topicsAtATime).entries())
      this.tell('renewal', { kind: 'watching', topics }, String(place))
  }

  private publish(announcement: Announcement): void {
    switch (announcement.kind) {
      case 'expression': {
        const { kind, id, ownerId } = announcement
        return this.tell(kind, { kind: 'announcement', announcement: { kind, id, ownerId } }, id)
      }
      case 'agent':
      case 'agentDrained':
      case 'agentTokenRevoked':
      case 'expressionCancelled':
      case 'expressionRetried':
      case 'expressionDeleted':
      case 'expressionLeft':
        return this.tell(announcement.kind, { kind: 'announcement', announcement }, announcement.id)
      case 'expressionQueued':
        return this.tell(announcement.kind, { kind: 'announcement', announcement }, announcement.ownerId)
      case 'tasksOffered':
        return this.tell(announcement.kind, { kind: 'announcement', announcement }, '')
      case 'logWritten':
      case 'offersReturned':
        for (const tasks of inChunks(announcement.tasks, tasksAtATime)) this.tellEach({ ...announcement, tasks })
        return
      case 'offersTaken':
        for (const taken of inChunks(announcement.taken, statesAtATime)) this.tellEach({ ...announcement, taken })
        return
      case 'heldElsewhere':
        for (const held of inChunks(announcement.held, tasksAtATime / 5)) this.tellEach({ ...announcement, held })
        return
      case 'holdersWanted':
        for (const expressionIds of inChunks(announcement.expressionIds, topicsAtATime))
          this.tellEach({ ...announcement, expressionIds })
        return
      case 'holdersTold':
        return this.tellEach(announcement)
      case 'operations':
        return this.tell(announcement.kind, { kind: 'announcement', announcement }, announcement.kinds.join())
      case 'tasks':
        if (this.interests.has(announcement.expressionId)) this.tellTasks(announcement.expressionId, announcement.tasks)
        return
      case 'agentWork':
        if (this.interests.has(agentsTopic)) this.tellAgent(announcement.id)
        return
      case 'stats':
      case 'slotsOpened':
      case 'slotsFull':
      case 'watched':
      case 'missed':
        return
      default:
        return announcement satisfies never
    }
  }

  private tell(kind: string, message: BridgeMessage, id: string): void {
    if (this.isAccompanied()) this.publisher.add(`${kind}:${id}`, () => [message])
  }

  /** None of these stands for another. */
  private tellEach(announcement: Announcement): void {
    this.tell('each', { kind: 'announcement', announcement }, String(this.told++))
  }

  /** Whether there is another replica to tell. */
  private isAccompanied(): boolean {
    const { live, clock } = this.options
    return !live.state.isAlone() || clock.now() - this.heardAt < 3 * renewalMs
  }

  private tellTasks(expressionId: string, tasks: readonly number[]): void {
    const changed = this.changedTasks.get(expressionId) ?? new Set()
    this.changedTasks.set(expressionId, changed)
    for (const task of tasks) changed.add(task)
    this.publisher.add(`tasks:${expressionId}`, () => this.takeTaskStates(expressionId))
  }

  private takeTaskStates(expressionId: string): BridgeMessage[] {
    const changed = [...(this.changedTasks.get(expressionId) ?? [])]
    this.changedTasks.delete(expressionId)
    const states = (this.options.live.state.tasksOf(expressionId, changed) ?? []).map(
      ({ index, status, version, attempt, agentId, readyAt, startedAt }) =>
        ({ index, status, version, attempt, agentId, readyAt, startedAt }) as const,
    )
    return inChunks(states, statesAtATime).map((some) => ({ kind: 'taskStates', expressionId, states: some }))
  }

  private tellAgent(agentId: string): void {
    this.publisher.add(`agentWork:${agentId}`, () => {
      const { state } = this.options.live
      const now = state.agentNow(agentId)
      // Of one that may be at another replica by now, that one tells.
      if (now === undefined || !now.isConnected) return []
      const { replicaId, sessionId, revision, busySlots } = now
      const assignments = state.assignmentsOf(agentId)?.slice(0, assignmentsTold) ?? []
      return [{ kind: 'agentWork', agentId, work: { replicaId, sessionId, revision, busySlots, assignments } }]
    })
  }

  private receive(payload: string): void {
    const decoded = decodeMessages(payload, this.options.replicaId)
    if (decoded === null) return
    this.heardAt = this.options.clock.now()
    for (const message of decoded.messages) this.take(message)
  }

  private take(message: BridgeMessage): void {
    const { announcer, live } = this.options
    switch (message.kind) {
      case 'hello':
        this.renew()
        return announcer.relay({ kind: 'missed', forMs: message.silentMs })
      case 'announcement':
        return announcer.relay(message.announcement)
      case 'watching':
        for (const topic of this.interests.note(message.topics)) this.tellAll(topic)
        return
      case 'taskStates':
        live.remote.tasks.take(message.expressionId, message.states)
        return announcer.relay({
          kind: 'tasks',
          expressionId: message.expressionId,
          tasks: message.states.map(({ index }) => index),
        })
      case 'agentWork':
        live.remote.agents.set(message.agentId, message.work)
        return announcer.relay({ kind: 'agentWork', id: message.agentId })
      default:
        return message satisfies never
    }
  }

  /** Somebody elsewhere has begun to watch: all there is to tell. */
  private tellAll(topic: string): void {
    const { state } = this.options.live
    if (topic === agentsTopic) for (const agentId of state.agentsHere()) this.tellAgent(agentId)
    else this.tellTasks(topic, state.tasksOf(topic)?.map(({ index }) => index) ?? [])
  }
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = []
  for (let first = 0; first < items.length; first += size) chunks.push(items.slice(first, first + size))
  return chunks
}
