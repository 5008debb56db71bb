import { operatorNames } from '../../src/domain/operation.ts'
import type { Client } from './client.ts'
import type { Cluster } from './cluster.ts'
import type { Context } from './context.ts'
import { noFaults, type Faults } from './faults.ts'

/** What can happen to a running system. Each returns what it did, for the history; undefined where there was nothing to do it to. */
type Mishap = (chaos: Chaos) => string | undefined

const mishaps: Readonly<Record<string, Mishap>> = {
  crashReplica: ({ cluster, context, later }) => {
    const replica = context.random.pick(cluster.livingReplicas())
    if (replica === undefined) return undefined
    replica.process.isAlive = false
    for (const connection of replica.connections) connection.tellAgent()
    later(50, 6_000, () => cluster.startReplica())
    return `${replica.process.name} crashes`
  },
  freezeReplica: ({ cluster, context, later }) => {
    const replica = context.random.pick(cluster.livingReplicas())
    if (replica === undefined || replica.process.isFrozen) return undefined
    context.loop.freeze(replica.process)
    // Agents notice that it does not answer their pings; those that come meanwhile do not get in.
    later(3_000, 5_000, () => {
      if (replica.process.isFrozen) for (const connection of replica.connections) connection.cut()
    })
    later(300, 10_000, () => context.loop.thaw(replica.process))
    return `${replica.process.name} stands still`
  },
  stopReplica: ({ cluster, context }) => {
    const replica = context.random.pick(cluster.livingReplicas().filter(({ isServing }) => isServing))
    if (replica === undefined) return undefined
    cluster.startReplica()
    context.loop.schedule(replica.process, 0, () => {
      void replica.stop().then(() => (replica.process.isAlive = false))
    })
    return `${replica.process.name} stops, another starts`
  },
  deafenReplica: ({ cluster, context, later }) => {
    const replica = context.random.pick(cluster.livingReplicas())
    if (replica === undefined) return undefined
    replica.isDeaf = true
    later(100, 4_000, () => {
      replica.isDeaf = false
      context.loop.schedule(replica.process, 0, () => replica.announcer.signal({ kind: 'missed', forMs: Infinity }))
    })
    return `${replica.process.name} hears nothing of the others`
  },
  cutAgent: ({ cluster, context }) => {
    const agent = context.random.pick(cluster.livingAgents())
    agent?.connection?.cut()
    return agent && `the socket of ${agent.name} breaks`
  },
  silenceAgent: ({ cluster, context }) => {
    const agent = context.random.pick(cluster.livingAgents())
    agent?.connection?.fallSilent()
    return agent && `the socket of ${agent.name} falls silent`
  },
  freezeAgent: ({ cluster, context, later }) => {
    const agent = context.random.pick(cluster.livingAgents())
    if (agent === undefined || agent.process.isFrozen) return undefined
    context.loop.freeze(agent.process)
    const forMs = context.random.between(500, 8_000)
    if (forMs > 3_000) agent.connection?.fallSilent()
    later(forMs, forMs, () => context.loop.thaw(agent.process))
    return `${agent.name} stands still for ${forMs} ms`
  },
  killAgent: ({ cluster, context, later }) => {
    const agent = context.random.pick(cluster.livingAgents())
    if (agent === undefined) return undefined
    agent.die()
    later(50, 5_000, () => cluster.startAgent(agent.name, context.random.between(1, 3)))
    return `${agent.name} is killed`
  },
  sayGoodbye: ({ cluster, context, later }) => {
    const agent = context.random.pick(cluster.livingAgents())
    if (agent === undefined) return undefined
    agent.leave()
    later(50, 3_000, () => cluster.startAgent(agent.name, agent.slots))
    return `${agent.name} leaves`
  },
  stopAgent: ({ cluster, context, later }) => {
    const agent = context.random.pick(cluster.livingAgents())
    if (agent === undefined) return undefined
    agent.prepareLeaving()
    later(50, 3_000, () => {
      if (!agent.process.isAlive) return
      agent.leave()
      later(50, 3_000, () => cluster.startAgent(agent.name, agent.slots))
    })
    return `${agent.name} is to stop`
  },
  cancel: ({ clients, context }) => {
    const client = context.random.pick(clients.filter(({ expressionId }) => expressionId !== null))
    if (client) context.loop.schedule(client.process, 0, () => client.cancel())
    return client && `${client.requestId} is cancelled`
  },
  retry: ({ clients, context, later }) => {
    later(0, 10_000, () => {
      const client = context.random.pick(clients.filter(({ isRetryable }) => isRetryable))
      if (client === undefined) return
      context.note(() => `${client.requestId} is retried`)
      context.loop.schedule(client.process, 0, () => client.retry())
    })
    return 'what fails by its attempts is retried'
  },
  delete: ({ clients, context }) => {
    const client = context.random.pick(clients.filter(({ expressionId }) => expressionId !== null))
    if (client) context.loop.schedule(client.process, 0, () => client.delete())
    return client && `${client.requestId} is deleted`
  },
  breakStore: ({ change, cluster }) => {
    for (const { process } of cluster.livingReplicas()) process.wasHindered = true
    change('isStoreDown', true, false)
    return 'the database is gone'
  },
  loseStatements: ({ change, cluster }) => {
    for (const { process } of cluster.livingReplicas()) process.wasHindered = true
    return change('storeLossRate', 0.3, 0)
  },
  failTasks: ({ change, context }) => change('agentErrorRate', context.random.pick([0.3, 0.9]) ?? 0, 0),
  poisonTasks: ({ change, context }) =>
    change('poison', context.random.pick(operatorNames) ?? null, null, { leastMs: 3_000, mostMs: 15_000 }),
  slowTasks: ({ change }) => change('slownessRate', 0.2, 0),
}

/** Brings mishaps, and mends what they broke. */
export class Chaos {
  readonly context: Context
  readonly cluster: Cluster
  readonly clients: readonly Client[]
  /** When something was last broken or mended. */
  calmSince = 0
  private isOver = false

  constructor(context: Context, cluster: Cluster, clients: readonly Client[]) {
    this.context = context
    this.cluster = cluster
    this.clients = clients
  }

  /** Mishaps of some of the kinds, so that histories differ in what they are about. Returns when the last one begins. */
  plan(): number {
    const { random, loop, outside } = this.context
    const kinds = Object.keys(mishaps).filter(() => random.chance(0.4))
    const ends = Array.from({ length: random.between(0, 8) }, () => {
      const kind = random.pick(kinds)
      const inMs = random.between(0, 5_000)
      if (kind !== undefined)
        loop.schedule(outside, inMs, () => {
          const what = this.isOver ? undefined : mishaps[kind]?.(this)
          if (what === undefined) return
          this.calmSince = loop.now()
          this.context.note(() => what)
        })
      return inMs
    })
    return Math.max(0, ...ends)
  }

  /** From here on nothing breaks any more, and there is somebody to do the work. */
  heal(): void {
    if (this.isOver) return
    this.isOver = true
    this.calmSince = this.context.loop.now()
    const { context, cluster } = this
    context.note(() => 'all is well again')
    Object.assign(context.faults, noFaults())
    for (const { process } of [...cluster.replicas, ...cluster.agents]) context.loop.thaw(process)
    for (const replica of cluster.livingReplicas()) {
      if (replica.isDeaf)
        context.loop.schedule(replica.process, 0, () => replica.announcer.signal({ kind: 'missed', forMs: Infinity }))
      replica.isDeaf = false
    }
    cluster.startReplica()
    cluster.settle()
  }

  readonly later = (leastMs: number, mostMs: number, run: () => void): void => {
    const { loop, outside, random } = this.context
    loop.schedule(outside, random.between(leastMs, mostMs), () => {
      this.calmSince = loop.now()
      run()
    })
  }

  readonly change = <Name extends keyof Faults>(
    name: Name,
    during: Faults[Name],
    after: Faults[Name],
    { leastMs, mostMs } = { leastMs: 100, mostMs: 4_000 },
  ): string => {
    const { faults } = this.context
    faults[name] = during
    this.later(leastMs, mostMs, () => (faults[name] = after))
    return `${name} is ${during}`
  }
}
