import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

/** A grace of 1.5 s, and what a commit takes on a machine that others use as well. */
const recoveryLimitMs = 5_000

faultTest(
  'kill -9 of a third of the agents, again and again',
  { replicas: 2, users: 6, isRepresentative: true },
  async (cluster) => {
    const { admin, random, users, agents } = cluster
    await setDurations(admin, { ADD: 250, SUBTRACT: 200, MULTIPLY: 150, DIVIDE: 100 })
    await cluster.addAgents(6, 16)
    for (const user of users) cluster.observe('expressions', user)
    cluster.observe('agents', admin)
    const submitting = submitRandomLoad(cluster, { perUser: 12, operations: [15, 35] })
    const deaths: Death[] = []
    for (let round = 0; round < 2; round++) {
      await delay(1_000 + random.integer(0, 500))
      const victims = random.sample(agents, 2)
      for (const { name } of victims) deaths.push({ name, at: Date.now() })
      await Promise.all(victims.map(({ program }) => program.kill()))
      // Past the grace: until then the agent that comes back under its name would be taken for the end of the old one.
      await delay(2_000)
      for (const victim of victims) victim.start()
    }
    await submitting
    const recoveries = await Promise.all(deaths.map((death) => recoveryOf(cluster, death, deaths)))
    const recoveriesMs = recoveries.filter((recovery) => recovery !== null)
    expect(recoveriesMs.length).toBeGreaterThan(0)
    expect(Math.max(...recoveriesMs)).toBeLessThan(recoveryLimitMs)
    return { recoveriesMs }
  },
)

interface Death {
  readonly name: string
  readonly at: number
}

/** From the death of an agent until its tasks were back in line, free for others; null where it held none. */
async function recoveryOf(cluster: Cluster, { name, at }: Death, deaths: readonly Death[]): Promise<number | null> {
  // What is given up after its next death is that one's.
  const next = Math.min(...deaths.filter((death) => death.name === name && death.at > at).map((death) => death.at))
  const until = Number.isFinite(next) ? next : Date.now()
  const rows = await cluster.query<{ at: number | null }>(
    `SELECT extract(epoch FROM max(ended_at))::float8 * 1000 AS at
       FROM failed_attempt JOIN agent ON agent.id = agent_id
      WHERE agent.name = $1 AND ended_at BETWEEN to_timestamp($2) AND to_timestamp($3)`,
    [name, at / 1_000, until / 1_000],
  )
  const freedAt = rows[0]?.at ?? null
  return freedAt === null ? null : freedAt - at
}
