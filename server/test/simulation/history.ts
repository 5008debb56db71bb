import { timers } from '../../src/clock.ts'
import { operatorNames, type OperationDurations } from '../../src/domain/operation.ts'
import { createStoreModel } from '../model/store-model.ts'
import { testEnvironment } from '../support/test-environment.ts'
import type { BrokenRule } from './broken-rules.ts'
import { spoil } from './broken-store.ts'
import { Chaos } from './chaos.ts'
import { Checks } from './checks.ts'
import { Client } from './client.ts'
import { Cluster } from './cluster.ts'
import type { Context } from './context.ts'
import { EventLoop, Process } from './event-loop.ts'
import { noFaults } from './faults.ts'
import { Observer } from './observer.ts'
import { Random } from './random.ts'
import { randomSource } from './sources.ts'

export interface HistoryOptions {
  readonly broken?: BrokenRule | null
  /** Takes the story line by line, where somebody will read it. */
  readonly tell?: (line: string) => void
}

export interface HistoryOutcome {
  /** Invariants that did not hold, each told once. */
  readonly violations: readonly string[]
  readonly turns: number
  readonly virtualMs: number
  readonly results: number
  readonly assignedTwice: number
  readonly seen: ReadonlySet<string>
}

/** Where attempts are few, expressions fail and can be retried. */
const environments = ['2', '5'].map((attempts) => testEnvironment({ MAX_ATTEMPTS: attempts }))

/** How long all may take once nothing is broken any more: overdue tasks and retries have their time in it. */
const patienceMs = 180_000
/** How long observers have to hear of the last change: one that was not told of because its replica crashed is found with the replica. */
const settlingMs = 8_000

/** Lets one history happen, all of it decided by its seed, and checks it from the beginning to the end. */
export async function runHistory(seed: number, options: HistoryOptions = {}): Promise<HistoryOutcome> {
  const { broken = null, tell } = options
  const random = new Random(seed)
  const loop = new EventLoop()
  const start = loop.now()
  const violations = new Set<string>()
  let ids = 0
  const note = (line: () => string) => tell?.(`${String(loop.now() - start).padStart(6)} ms  ${line()}`)
  const context: Context = {
    ...{ loop, random, broken, note, seen: new Set() },
    faults: {
      ...noFaults(),
      longestDelayMs: random.pick([2, 20, 150]),
      duplicateRate: random.pick([0, 0.2]),
    },
    store: createStoreModel({ now: () => loop.now(), ...timers }),
    database: new Process('database'),
    outside: new Process('outside'),
    durations: randomDurations(random),
    environment: random.pick(environments) ?? testEnvironment(),
    nextId: () => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`,
    violated: (rule) => {
      violations.add(rule)
      note(() => rule)
    },
  }
  if (broken) spoil(context.store, broken)
  const clients: Client[] = []
  const checks = new Checks(context, clients)
  const cluster: Cluster = new Cluster(context, {
    onAssigned: (agent, ...rest) => checks.assigned(cluster.agents, agent, ...rest),
    onReceipt: (...receipt) => checks.received(...receipt),
    onHandedBack: checks.onHandedBack,
  })
  const observers: Observer[] = []
  await play()
  const { assignedTwice } = checks
  const { seen } = context
  const results = [...context.store.expressions.logs.values()].reduce((total, log) => total + log.size, 0)
  return { violations: [...violations], turns: loop.turns, virtualMs: loop.now() - start, results, assignedTwice, seen }

  async function play(): Promise<void> {
    for (let left = random.between(1, 3); left > 0; left--) cluster.startReplica()
    // Agents that stay with one replica leave others without slots, which then offer what they have.
    const areFaithful = random.chance(0.3)
    for (let left = random.between(1, 3); left > 0; left--) {
      const chosen = random.pick(cluster.replicas)
      const replicas = () => cluster.livingReplicas().filter((replica) => replica === chosen)
      cluster.startAgent(`agent ${left}`, random.between(1, 3), areFaithful ? replicas : undefined)
    }
    const users = Array.from({ length: random.between(1, 3) }, () => context.nextId())
    for (let left = random.between(1, 4); left > 0; left--) submitSomething(users)
    const chaos = new Chaos(context, cluster, clients)
    const chaosMs = chaos.plan()
    loop.schedule(context.outside, chaosMs + random.between(0, 3_000), () => chaos.heal())
    const look = () => {
      checks.owners(cluster.livingReplicas())
      checks.leases(cluster.livingReplicas(), chaos.calmSince)
      loop.schedule(context.outside, 700, look)
    }
    look()
    await runUntil(() => isAllFinished(), start + chaosMs + patienceMs)
    if (random.chance(0.5)) await retryAll()
    checks.finished(clients)
    if (violations.size > 0) for (const replica of cluster.livingReplicas()) note(() => replica.describe())
    chaos.heal()
    await runUntil(() => false, loop.now() + 500)
    checks.explained()
    await runUntil(() => loop.turns % 64 === 0 && checks.isShown(observers), loop.now() + settlingMs)
    checks.shown(observers)
  }

  /** With nothing broken any more, what had failed by its attempts succeeds. */
  async function retryAll(): Promise<void> {
    for (const client of clients) if (client.isRetryable) loop.schedule(client.process, 0, () => client.retry())
    await runUntil(() => false, loop.now() + 5_000)
    await runUntil(() => isAllFinished(), loop.now() + patienceMs)
  }

  function submitSomething(users: readonly string[]): void {
    const ownerId = random.pick(users) ?? ''
    const client = new Client(context, ownerId, randomSource(random, context.durations), cluster.livingReplicas)
    clients.push(client)
    loop.schedule(client.process, random.between(0, 2_000), () => client.submit())
    if (random.chance(0.5)) watch(client)
  }

  function watch(client: Client): void {
    loop.schedule(context.outside, random.between(20, 500), () => {
      if (client.expressionId === null) return watch(client)
      const observer = new Observer(context, client.expressionId, cluster.livingReplicas)
      observers.push(observer)
      loop.schedule(observer.process, 0, () => observer.subscribe())
    })
  }

  function isAllFinished(): boolean {
    return clients.every(({ expressionId, isDeleted }) => {
      const status = context.store.expressions.rows.get(expressionId ?? '')?.status
      return isDeleted || (status !== undefined && status !== 'QUEUED' && status !== 'RUNNING')
    })
  }

  async function runUntil(isDone: () => boolean, latest: number): Promise<void> {
    while (!isDone() && loop.now() < latest && violations.size === 0) if (!(await loop.step())) return
  }
}

function randomDurations(random: Random): OperationDurations {
  const duration = () => random.pick([0, 5, 100, 400])
  return new Map(operatorNames.map((name) => [name, duration()]))
}
