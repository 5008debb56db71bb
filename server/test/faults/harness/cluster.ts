import pg from 'pg'
import { createTestDatabase } from '../../support/database.ts'
import { createAgentToken, register, type Person } from '../../support/people.ts'
import { Agent } from './agent.ts'
import type { WhenDone } from '../../support/cleanup.ts'
import { Load } from './load.ts'
import { Observer, type Watched } from './observer.ts'
import { startBreakablePostgres, type BreakablePostgres } from './postgres.ts'
import { Proxy } from './proxy.ts'
import { Random } from './random.ts'
import { Replica } from './replica.ts'

export interface ClusterOptions {
  readonly seed: number
  readonly replicas: number
  readonly users?: number
  readonly environment?: Readonly<Record<string, string>>
  /** `shared` is that of the run of the tests; `breakable` is the cluster's own. */
  readonly postgres?: 'shared' | 'breakable'
}

interface AgentPlace {
  readonly slots: number
  /** Its network; by default the balanced one. */
  readonly at?: Proxy
}

/** Replicas on one database, agents and observers around them: all real processes, and a network that tests can break. */
export class Cluster {
  readonly seed: number
  readonly random: Random
  readonly load: Load
  readonly replicas: Replica[] = []
  readonly agents: Agent[] = []
  readonly observers: Observer[] = []
  readonly users: Person[] = []
  agentTokenId = ''
  private agentToken = ''
  private adminPerson: Person | null = null

  /** @param network balances between the replicas that can be reached; @param databaseNetwork from the replicas to the database */
  private constructor(
    seed: number,
    readonly database: pg.Pool,
    readonly network: Proxy,
    readonly databaseNetwork: Proxy,
    readonly postgres: BreakablePostgres | null,
    private readonly whenDone: WhenDone,
  ) {
    this.seed = seed
    this.random = new Random(seed)
    this.load = new Load(this.random)
  }
}
