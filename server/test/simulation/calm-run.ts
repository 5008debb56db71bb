import { timers } from '../../src/clock.ts'
import { operatorNames } from '../../src/domain/operation.ts'
import { encodePlan } from '../../src/domain/plan/plan-codec.ts'
import { Simulation } from '../../src/domain/prediction/simulation.ts'
import { finish } from '../../src/domain/prediction/steps.ts'
import type { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { workloadOf } from '../../src/scheduler/memory/workload.ts'
import { limits, planOf } from '../domain/support/compiling.ts'
import { createStoreModel } from '../model/store-model.ts'
import { testEnvironment } from '../support/test-environment.ts'
import { Client } from './client.ts'
import { Cluster } from './cluster.ts'
import type { Context } from './context.ts'
import { EventLoop, Process } from './event-loop.ts'
import { noFaults } from './faults.ts'
import { Random } from './random.ts'
import type { Source } from './sources.ts'

export interface CalmRun {
  /** How far what was foreseen was from what came, as a part of the time that was left when it was foreseen. */
  readonly errorAtStart: number
  readonly errorHalfWay: number
}

/** Nobody waits longer, or something hangs. */
const patienceMs = 24 * 3_600_000

/**
 * One expression of one user, beside those of others, as the real scheduler computes it, in virtual time: nothing breaks, but messages take
 * their time, and others may come and go. @param disturbed whether others submit and agents leave while it runs
 */
export async function runCalm(seed: number, disturbed: boolean): Promise<CalmRun> {
  const random = new Random(seed)
  const loop = new EventLoop()
  let ids = 0
  const durations = new Map(operatorNames.map((name) => [name, random.between(20, 3_000)]))
  const context: Context = {
    ...{ loop, random, broken: null, seen: new Set<string>(), durations },
    faults: { ...noFaults(), longestDelayMs: random.pick([1, 5, 20]) ?? 1 },
    store: createStoreModel({ now: () => loop.now(), ...timers }),
    database: new Process('database'),
    outside: new Process('outside'),
    environment: testEnvironment(),
    nextId: () => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`,
    note: () => {},
    violated: (rule) => {
      throw new Error(rule)
    },
  }
  const cluster = new Cluster(context, { onAssigned: () => {}, onReceipt: () => {}, onHandedBack: () => {} })
  cluster.startReplica()
  for (let left = random.between(1, 4); left > 0; left--) cluster.startAgent(`agent ${left}`, random.between(1, 6))
  const users = Array.from({ length: random.between(1, 3) }, () => context.nextId())
  const submit = (ownerId: string, operations: number) => {
    const client = new Client(context, ownerId, sourceOf(random, operations), cluster.livingReplicas)
    loop.schedule(client.process, 0, () => client.submit())
    return client
  }
  await until(() => state()?.openSlots === cluster.agents.reduce((slots, agent) => slots + agent.slots, 0))
  for (let left = random.between(0, 4); left > 0; left--) submit(random.pick(users) ?? '', random.between(5, 150))
  // The others have begun, and results of theirs have told what the way to the agents and back takes.
  await until(() => false, random.between(2_000, 20_000))

  const client = submit(users[0] ?? '', random.between(20, 300))
  await until(() => ownedBy(client) !== undefined)
  const startedAt = loop.now()
  const owned = ownedBy(client)
  if (owned === undefined) throw new Error('It was not begun.')
  const atStart = foreseenFor(owned)
  if (disturbed) disturb()
  await until(() => owned.graph.succeeded >= owned.graph.tasks.length / 2)
  const halfWayAt = loop.now()
  const halfWay = foreseenFor(owned)
  await until(() => owned.isOver)
  const endedAt = loop.now()
  return {
    errorAtStart: Math.abs(startedAt + atStart - endedAt) / (endedAt - startedAt),
    errorHalfWay: Math.abs(halfWayAt + halfWay - endedAt) / (endedAt - halfWayAt),
  }

  function state() {
    return cluster.replicas[0]?.state
  }

  function ownedBy({ expressionId }: Client): OwnedExpression | undefined {
    return state()?.owned.get(expressionId ?? '')
  }

  function foreseenFor(target: OwnedExpression): number {
    const replica = cluster.replicas[0]
    if (replica === undefined) throw new Error('There is no replica.')
    const foreseen = finish(new Simulation(target, workloadOf(replica.state, replica.now(), target)).run())
    if (foreseen === null) throw new Error('It was foreseen to stand still.')
    return foreseen.finishInMs
  }

  function disturb(): void {
    const soon = () => random.between(500, 60_000)
    loop.schedule(context.outside, soon(), () => void submit(random.pick(users) ?? '', random.between(5, 60)))
    if (cluster.agents.length > 1) loop.schedule(context.outside, soon(), () => cluster.agents[0]?.die())
  }

  async function until(isDone: () => boolean, forMs = patienceMs): Promise<void> {
    const latest = loop.now() + forMs
    while (!isDone() && loop.now() < latest) if (!(await loop.step())) break
    if (forMs === patienceMs && !isDone()) throw new Error(`It took over ${patienceMs} ms.`)
  }
}

/** A tree of sums, differences and products, no two of whose numbers are the same. */
function sourceOf(random: Random, operations: number): Source {
  let numbers = 0
  const write = (left: number): string => {
    if (left === 0) return String(1_000 + ++numbers)
    const first = random.between(0, left - 1)
    return `(${write(first)}${random.pick(['+', '-', '*'])}${write(left - 1 - first)})`
  }
  const source = write(operations)
  const plan = planOf(source, { regroup: false, durations: new Map(), limits })
  return { source, plan, encodedPlan: JSON.stringify(encodePlan(plan)), result: null, faultAt: null, values: [] }
}
