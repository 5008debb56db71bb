import { everyone, type Announcement, type AnnouncementOf, type Watchable } from '../announcer.ts'
import type { Live } from '../live.ts'
import type { Interests } from './interests.ts'
import type { BridgeMessage } from './message.ts'
import type { Publisher } from './publisher.ts'

/** What goes into a message: so many that it stays well below the largest payload. */
const statesAtATime = 30
const tasksAtATime = 500
const idsAtATime = 100
/** Assignments of an agent that are told; a page at another replica shows the rest as busy slots. */
const assignmentsTold = 16

interface TellingOptions {
  readonly publisher: Publisher
  readonly interests: Interests
  readonly live: Live
  /** Whether there is another replica to tell. */
  readonly isAccompanied: () => boolean
}

/** What a replica tells the others: what any of them must know, and of what changes here that which somebody there watches. */
export class Telling {
  private readonly options: TellingOptions
  private told = 0

  constructor(options: TellingOptions) {
    this.options = options
  }

  publish(announcement: Announcement): void {
    switch (announcement.kind) {
      case 'expression':
        return this.tellExpression(announcement.id, announcement.ownerId)
      case 'expressionLeft':
        // Of what was never lent only who shows its tasks has anything.
        if (announcement.wasLent || this.options.interests.mayHave('tasks', announcement.id))
          this.tell(announcement.kind, { kind: 'announcement', announcement }, announcement.id)
        return
      case 'agent':
      case 'agentDrained':
      case 'agentTokenRevoked':
      case 'expressionCancelled':
      case 'expressionRetried':
      case 'expressionDeleted':
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
        for (const expressionIds of inChunks(announcement.expressionIds, idsAtATime))
          this.tellEach({ ...announcement, expressionIds })
        return
      case 'holdersTold':
      case 'signInsEnded':
        return this.tellEach(announcement)
      case 'operations':
        return this.tell(announcement.kind, { kind: 'announcement', announcement }, announcement.kinds.join())
      case 'tasks':
        if (this.options.interests.has('tasks', announcement.expressionId))
          this.tellTasks(announcement.expressionId, announcement.tasks)
        return
      case 'agentWork':
        if (this.options.interests.has('agents', everyone)) this.tellAgent(announcement.id)
        return
      case 'watched':
        return this.tellWatched(announcement)
      case 'heard':
      case 'stats':
      case 'slotsOpened':
      case 'slotsFull':
      case 'missed':
        return
      default:
        return announcement satisfies never
    }
  }

  /** All that is watched here, because a hint can be lost and a replica can have come. */
  renew(): void {
    for (const { what, ids } of this.options.live.watched())
      for (const [place, some] of inChunks(ids, idsAtATime).entries())
        this.tell('renewal', { kind: 'watches', what, ids: some, isNew: false }, `${what}:${place}`)
  }

  /** Whoever watches these there can count on this replica. */
  confirm(to: string, what: Watchable, ids: readonly string[]): void {
    this.tellIds(`heard:${what}:${to}`, ids, (some) => ({ kind: 'heard', to, what, ids: some }))
  }

  /** All there is to tell of what only memory knows. */
  tellAll(what: Watchable, ids: readonly string[]): void {
    const { state } = this.options.live
    if (what === 'agents') for (const agentId of state.agentsHere()) this.tellAgent(agentId)
    if (what === 'tasks') for (const id of ids) this.tellTasks(id, state.tasksOf(id)?.map(({ index }) => index) ?? [])
  }

  private tell(kind: string, message: BridgeMessage, id: string): void {
    if (this.options.isAccompanied()) this.options.publisher.add(`${kind}:${id}`, () => [message])
  }

  /** None of these stands for another. */
  private tellEach(announcement: Announcement): void {
    this.tell('each', { kind: 'announcement', announcement }, String(this.told++))
  }

  private tellExpression(id: string, ownerId: string): void {
    const { interests } = this.options
    if (interests.mayHave('expressions', ownerId) || interests.mayHave('expressions', id))
      this.tellIds(`expressions:${ownerId}`, [id], (ids) => ({ kind: 'expressions', ownerId, ids }))
  }

  private tellWatched({ what, id }: AnnouncementOf<'watched'>): void {
    this.tellIds(`watches:${what}`, [id], (ids) => ({ kind: 'watches', what, ids, isNew: true }))
  }

  private tellIds(key: string, ids: readonly string[], message: (some: readonly string[]) => BridgeMessage): void {
    if (this.options.isAccompanied())
      this.options.publisher.gather(key, ids, (gathered) => inChunks(gathered, idsAtATime).map(message))
  }

  private tellTasks(expressionId: string, tasks: readonly number[]): void {
    this.options.publisher.gather(`tasks:${expressionId}`, tasks, (changed) => this.taskStates(expressionId, changed))
  }

  private taskStates(expressionId: string, changed: readonly number[]): BridgeMessage[] {
    const states = (this.options.live.state.tasksOf(expressionId, changed) ?? []).map(
      ({ index, status, version, attempt, agentId, readyAt, startedAt }) =>
        ({ index, status, version, attempt, agentId, readyAt, startedAt }) as const,
    )
    return inChunks(states, statesAtATime).map((some) => ({ kind: 'taskStates', expressionId, states: some }))
  }

  private tellAgent(agentId: string): void {
    this.options.publisher.add(`agentWork:${agentId}`, () => {
      const { state } = this.options.live
      const now = state.agentNow(agentId)
      // Of one that may be at another replica by now, that one tells.
      if (now === undefined || !now.isConnected) return []
      const { replicaId, sessionId, revision, busySlots } = now
      const assignments = state.assignmentsOf(agentId)?.slice(0, assignmentsTold) ?? []
      return [{ kind: 'agentWork', agentId, work: { replicaId, sessionId, revision, busySlots, assignments } }]
    })
  }
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = []
  for (let first = 0; first < items.length; first += size) chunks.push(items.slice(first, first + size))
  return chunks
}
