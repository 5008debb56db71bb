import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

/** Four seconds of silence, a sweep, and what a machine adds that others use as well. */
const takeoverLimitMs = 10_000

faultTest('kill -9 of one of two replicas', { replicas: 2, users: 4, isRepresentative: true }, async (cluster) =>
  killOne(cluster, { agents: 4, slots: 128, durationMs: 1_200, perUser: 20, operations: [15, 25] }),
)

faultTest('kill -9 of one of two replicas with 10 000 tasks in flight', { replicas: 2, users: 8 }, async (cluster) =>
  killOne(cluster, { agents: 4, slots: 512, durationMs: 1_200, perUser: 45, operations: [20, 40] }),
)

// The tasks take longer than a take-over and the wait for agents, of which some come back to the one that does not take them over.
faultTest('kill -9 of one of three replicas', { replicas: 3, users: 4 }, async (cluster) =>
  killOne(cluster, { agents: 6, slots: 64, durationMs: 11_000, perUser: 20, operations: [4, 8] }),
)

interface Size {
  readonly agents: number
  readonly slots: number
  readonly durationMs: number
  readonly perUser: number
  readonly operations: readonly [number, number]
}

async function killOne(cluster: Cluster, { agents, slots, durationMs, ...shape }: Size) {
  const { admin, random, users } = cluster
  await setDurations(admin, { ADD: durationMs, SUBTRACT: durationMs, MULTIPLY: durationMs, DIVIDE: durationMs })
  await cluster.addAgents(agents, slots)
  for (const user of users) cluster.observe('expressions', user)
  cluster.observe('agents', admin)
  const ownedBy = async (id: string) => {
    const rows = await cluster.query<{ owned: number }>(
      `SELECT count(*)::int AS owned FROM expression WHERE status = 'RUNNING' AND replica_id = $1`,
      [id],
    )
    return rows[0]?.owned ?? 0
  }
  await submitRandomLoad(cluster, shape)
  const victim = random.pick(cluster.replicas)
  const lostId = await victim.kill()
  const killedAt = performance.now()
  const owned = await ownedBy(lostId)
  await cluster.until('they are taken over', async () => (await ownedBy(lostId)) === 0)
  const recoveryMs = performance.now() - killedAt
  await victim.start()
  expect(recoveryMs).toBeLessThan(takeoverLimitMs)
  return { load: `${cluster.load.operations} tasks, ${owned} expressions owned`, recoveriesMs: [recoveryMs] }
}
