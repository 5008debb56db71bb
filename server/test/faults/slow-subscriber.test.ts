import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'
import { DeafWatcher } from './harness/deaf-watcher.ts'
import { randomExpression } from './harness/random-expression.ts'

const operations = 2_500
const rounds = 7
const deafOnes = 5
/** What subscribers that do not read may cost, with all else that the process does in the meantime. */
const memoryLimit = 400 * 2 ** 20

faultTest(
  'subscribers of two users stop reading while 100 000 events pass',
  { replicas: 1, users: 2, environment: { MAX_SOURCE_LENGTH: '40000' } },
  async (cluster) => {
    const { admin, users, load, replicas } = cluster
    await setDurations(admin, { ADD: 0, SUBTRACT: 0 })
    await cluster.addAgents(2, 16)
    const readers = users.map((user) => cluster.observe('expressions', user))
    await cluster.until('the readers are there', () => readers.every(({ connectedAt }) => connectedAt.length > 0))
    const { pid } = replicas[0]!.program
    const before = await memoryOf(pid)
    let most = before
    const delays: number[] = []
    for (let round = 0; round < rounds; round++) {
      const shares = await Promise.all(users.map((_, place) => begin(cluster, place)))
      for (const { globalId, place } of shares) {
        const reader = readers[place]!
        const isDone = ({ id, status }: { id: string; status?: unknown }) => id === globalId && status === 'SUCCEEDED'
        delays.push(await delayOf(cluster, (await reader.until(isDone, 60_000)).at, globalId))
      }
      most = Math.max(most, await memoryOf(pid))
      for (const { deaf } of shares) if (round < rounds - 1) for (const watcher of deaf) watcher.end()
      if (round === rounds - 1) await Promise.all(shares.flatMap(({ deaf, id }) => deaf.map((one) => readAll(one, id))))
    }
    expect(most - before).toBeLessThan(memoryLimit)
    // Of those who read none waited.
    expect(Math.max(...delays)).toBeLessThan(5_000)
    const events = load.operations * 3
    return { load: `${events} events, memory ${mebibytes(before)} to ${mebibytes(most)} MiB`, recoveriesMs: delays }
  },
)

/** Submits for a user what some of the user's subscribers do not hear of. */
async function begin(cluster: Cluster, place: number) {
  const { load, network, random, whenDone } = cluster
  const user = cluster.user(place)
  const { id, globalId } = await load.submit(network.url, user, randomExpression(random, operations))
  const { port } = cluster.replica(0).network
  const deaf = await Promise.all(
    Array.from({ length: deafOnes }, () => DeafWatcher.subscribe(port, user.token, globalId)),
  )
  for (const watcher of deaf) whenDone(() => watcher.end())
  return { place, id, globalId, deaf }
}

/** When it reads again it comes to see the latest state, and nothing that is another's. */
async function readAll(watcher: DeafWatcher, expressionId: string): Promise<void> {
  const { shown } = watcher
  const isLatest = () => shown.size >= operations && [...shown.values()].every(({ status }) => status === 'SUCCEEDED')
  await watcher.read(isLatest)
  const expressions = new Set([...shown.keys()].map((id) => Buffer.from(id, 'base64').toString().split(':')[1]))
  expect(expressions).toEqual(new Set([expressionId]))
}

/** From the end of an expression to when a reader saw it. */
async function delayOf(cluster: Cluster, seenAt: number, globalId: string): Promise<number> {
  const rows = await cluster.query<{ at: number }>(
    `SELECT extract(epoch FROM finished_at)::float8 * 1000 AS at FROM expression WHERE id = $1`,
    [Buffer.from(globalId, 'base64').toString().split(':')[1]],
  )
  return seenAt - (rows[0]?.at ?? 0)
}

/** What a process holds in memory, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
