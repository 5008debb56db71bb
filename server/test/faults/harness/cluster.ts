import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { WhenDone } from '../../support/cleanup.ts'
import { createTestDatabase } from '../../support/database.ts'
import { createAgentToken, register, type Person } from '../../support/people.ts'
import { TestAgent, type TestAgentOptions } from '../../support/test-agent.ts'
import { Agent } from './agent.ts'
import { Load } from './load.ts'
import { Observer, type Watched } from './observer.ts'
import { startBreakablePostgres, type BreakablePostgres } from './postgres.ts'
import type { Program } from './program.ts'
import { Proxy } from './proxy.ts'
import { Random } from './random.ts'
import { Replica } from './replica.ts'
import { mountSmallDisk } from './small-disk.ts'

/** Nobody tells when a row changes, so it is looked at this often. */
const pollMs = 20
/** Generous: only a test that fails waits so long. */
const patienceMs = 30_000

export interface ClusterOptions {
  readonly seed: number
  readonly replicas: number
  /** Without the admin. */
  readonly users?: number
  /** Of the replicas. */
  readonly environment?: Readonly<Record<string, string>>
  /** How far ahead each replica takes the time of day to be. */
  readonly clocksAheadMs?: readonly number[]
  /** `shared` is that of the run of the tests; `breakable` is the cluster's own, behind a network of its own. */
  readonly postgres?: 'shared' | 'breakable'
  /** Of a breakable one: the size of a disk of its own. */
  readonly diskMebibytes?: number
}

/** What stands before the first replica does. */
interface Ground {
  readonly databaseUrl: string
  readonly postgres: BreakablePostgres | null
  /** From the replicas to a breakable database. */
  readonly databaseNetwork: Proxy | null
}

/** Replicas on one database, agents and observers around them: real processes all, and a network that a test can break. */
export class Cluster {
  readonly random: Random
  readonly load: Load
  readonly replicas: Replica[] = []
  readonly agents: Agent[] = []
  readonly observers: Observer[] = []
  readonly users: Person[] = []
  private readonly database: pg.Pool
  readonly ground: Ground
  /** Balances between the replicas that can be reached. */
  readonly network: Proxy
  readonly whenDone: WhenDone
  private admins: {
    readonly admin: Person
    readonly agentToken: { readonly id: string; readonly token: string }
  } | null = null

  static async start(options: ClusterOptions, whenDone: WhenDone): Promise<Cluster> {
    const ground = await prepareGround(options, whenDone)
    const network: Proxy = await Proxy.start(() => cluster.replicas.flatMap((replica) => replica.openPorts))
    whenDone(() => network.stop())
    const cluster = new Cluster(options.seed, ground, network, whenDone)
    whenDone(() => cluster.database.end())
    await cluster.startReplicas(options)
    await cluster.registerPeople(options.users ?? 1)
    return cluster
  }

  private constructor(seed: number, ground: Ground, network: Proxy, whenDone: WhenDone) {
    this.random = new Random(seed)
    this.load = new Load(this.random)
    this.ground = ground
    this.network = network
    this.whenDone = whenDone
    this.database = new pg.Pool({ connectionString: ground.databaseUrl, max: 4 })
    // A connection that broke while it idled is replaced by the next query.
    this.database.on('error', () => {})
  }

  get admin(): Person {
    if (this.admins === null) throw new Error('nobody is registered yet')
    return this.admins.admin
  }

  get agentToken(): { readonly id: string; readonly token: string } {
    if (this.admins === null) throw new Error('nobody is registered yet')
    return this.admins.agentToken
  }

  replica(place: number): Replica {
    const replica = this.replicas[place]
    if (replica === undefined) throw new RangeError(`there is no replica ${place}`)
    return replica
  }

  user(place: number): Person {
    const user = this.users[place % this.users.length]
    if (user === undefined) throw new RangeError('there is no user')
    return user
  }

  /** Every process there is or was. */
  get programs(): Program[] {
    return [
      ...this.replicas.flatMap(({ programs }) => programs),
      ...this.agents.flatMap(({ runs }) => runs.map(({ program }) => program)),
    ]
  }

  /** Asks the database, past every network; again where it is down for a moment. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const deadline = performance.now() + patienceMs
    for (;;)
      try {
        return (await this.database.query<Row>(sql, [...parameters])).rows
      } catch (error) {
        const isDown = !(error instanceof pg.DatabaseError) || /^(57|08)/.test(error.code ?? '')
        if (!isDown || performance.now() > deadline) throw error
        await delay(pollMs)
      }
  }

  /** As `query`, but at most once: nothing where the database does not answer. */
  async tryQuery<Row extends object>(sql: string): Promise<Row[]> {
    return this.database.query<Row>(sql).then(
      ({ rows }) => rows,
      () => [],
    )
  }

  /** Starts agents and waits until they are there. @param network by default the balanced one */
  async addAgents(count: number, slots: number, network = this.network, clockAheadMs = 0): Promise<Agent[]> {
    const added = Array.from({ length: count }, (_, place) => {
      const name = `agent-${this.agents.length + place + 1}`
      return new Agent({ name, slots, token: this.agentToken.token, socketUrl: network.socketUrl, clockAheadMs })
    })
    for (const agent of added) this.whenDone(() => agent.end())
    this.agents.push(...added)
    await this.until('the agents are online', async () => {
      const sql = `SELECT FROM agent WHERE presence = 'ONLINE' AND name = ANY($1)`
      return (await this.query(sql, [added.map(({ name }) => name)])).length === count
    })
    return added
  }

  /** Opens the session of an agent that the test plays. */
  play(network: Proxy, options: TestAgentOptions): Promise<TestAgent> {
    return TestAgent.open(network, this.agentToken.token, options, this.whenDone)
  }

  observe(watched: Watched, person: Person, expressionId?: string, network = this.network): Observer {
    const name = `observer ${this.observers.length + 1} of ${watched}`
    const observer = new Observer(name, network.socketUrl, person, watched, expressionId)
    this.whenDone(() => observer.end())
    this.observers.push(observer)
    return observer
  }

  /** Waits for what the database or a process tells only to who asks. */
  async until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
    const deadline = performance.now() + patienceMs
    while (!(await isSo())) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`)
      await delay(pollMs)
    }
  }

  private async startReplicas({ replicas, environment, clocksAheadMs = [] }: ClusterOptions): Promise<void> {
    const { databaseUrl, databaseNetwork } = this.ground
    const url = new URL(databaseUrl)
    if (databaseNetwork) url.port = String(databaseNetwork.port)
    const started = Array.from({ length: replicas }, async (_, place) => {
      const name = `replica-${place + 1}`
      const replica = await Replica.start(name, { DATABASE_URL: url.href, ...environment }, clocksAheadMs[place] ?? 0)
      this.whenDone(() => replica.end())
      return replica
    })
    this.replicas.push(...(await Promise.all(started)))
  }

  private async registerPeople(users: number): Promise<void> {
    const { network, whenDone } = this
    const admin = await register(network, 'admin@example.com', whenDone)
    this.admins = { admin, agentToken: await createAgentToken(admin) }
    for (let place = 1; place <= users; place++)
      this.users.push(await register(network, `user-${place}@example.com`, whenDone))
  }
}

async function prepareGround(
  { postgres = 'shared', diskMebibytes }: ClusterOptions,
  whenDone: WhenDone,
): Promise<Ground> {
  if (postgres === 'shared') {
    const database = await createTestDatabase()
    whenDone(() => database.drop())
    return { databaseUrl: database.url, postgres: null, databaseNetwork: null }
  }
  const disk = diskMebibytes === undefined ? null : mountSmallDisk(diskMebibytes)
  if (disk) whenDone(() => disk.remove())
  const breakable = await startBreakablePostgres(disk)
  whenDone(() => breakable.stop())
  const databaseNetwork = await Proxy.start(() => [Number(new URL(breakable.url).port)])
  whenDone(() => databaseNetwork.stop())
  return { databaseUrl: breakable.url, postgres: breakable, databaseNetwork }
}
