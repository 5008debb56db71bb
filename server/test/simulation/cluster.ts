import type { AgentOptions } from './agent.ts'
import { Agent } from './agent.ts'
import type { Context } from './context.ts'
import { connectHints } from './hints.ts'
import { Replica } from './replica/replica.ts'

type Checks = Pick<AgentOptions, 'onAssigned' | 'onReceipt'> & {
  readonly onHandedBack: (tickets: readonly string[]) => void
}

/** The replicas and agents there are, those that have crashed included. */
export class Cluster {
  readonly replicas: Replica[] = []
  readonly agents: Agent[] = []
  private isSettled = false
  private readonly context: Context
  private readonly checks: Checks

  constructor(context: Context, checks: Checks) {
    this.context = context
    this.checks = checks
  }

  readonly livingReplicas = (): Replica[] => this.replicas.filter(({ process }) => process.isAlive)

  livingAgents(): Agent[] {
    return this.agents.filter(({ process }) => process.isAlive)
  }

  startReplica(): void {
    const { loop, random } = this.context
    const day = 86_400_000
    // Clocks that are off by days must not matter.
    const clockSkewMs = random.chance(0.5) ? 0 : random.between(-3 * day, 3 * day)
    const replica = new Replica(this.context, { clockSkewMs, onHandedBack: this.checks.onHandedBack })
    this.replicas.push(replica)
    connectHints(this.context, replica, this.livingReplicas)
    loop.schedule(replica.process, 0, () => void replica.start())
    if (this.isSettled) this.staff(replica)
  }

  /** Gives every replica an agent that stays with it, those that will start later too. */
  settle(): void {
    this.isSettled = true
    for (const replica of this.livingReplicas()) this.staff(replica)
  }

  private staff(replica: Replica): void {
    this.startAgent(`agent of ${replica.process.name}`, 2, () => [replica])
  }

  startAgent(name: string, slots: number, replicas: () => readonly Replica[] = this.livingReplicas): void {
    const { onAssigned, onReceipt } = this.checks
    const { loop, random, outside } = this.context
    const onPoisoned = () =>
      loop.schedule(outside, random.between(50, 2_000), () => this.startAgent(name, slots, replicas))
    const agent = new Agent(this.context, { name, slots, replicas, onAssigned, onReceipt, onPoisoned })
    this.agents.push(agent)
    loop.schedule(agent.process, 0, () => agent.connect())
  }
}
