import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { setDurations } from '../support/expressions.ts'
import { faultTest } from './fault-test.ts'
import { randomExpression } from './harness/random-expression.ts'

const operations = 5_000
const rounds = 7
/** What a subscriber that does not read may cost, with all else that the process does in the meantime. */
const memoryLimit = 300 * 2 ** 20

faultTest(
  'subscribers stop reading while 100 000 events pass',
  { replicas: 1, users: 1, environment: { MAX_SOURCE_LENGTH: '40000' } },
  async (cluster) => {
    const { admin, random, load, network } = cluster
    const server = cluster.replica(0)
    const user = cluster.user(0)
    await setDurations(admin, { ADD: 0, SUBTRACT: 0 })
    await cluster.addAgents(2, 16)
    const reader = cluster.observe('expressions', user)
    await cluster.until('the reader is there', () => reader.connectedAt.length > 0)
    const before = await memoryOf(server.program.pid)
    let most = before
    const delays: number[] = []
    for (let round = 0; round < rounds; round++) {
      const { globalId, id } = await load.submit(network.url, user, randomExpression(random, operations))
      const deaf = await Promise.all(
        Array.from({ length: 5 }, () => subscribeDeaf(server.network.port, user.token, globalId)),
      )
      const { at } = await reader.until((entity) => entity.id === globalId && entity.status === 'SUCCEEDED', 60_000)
      const rows = await cluster.query<{ at: number }>(
        `SELECT extract(epoch FROM finished_at)::float8 * 1000 AS at FROM expression WHERE id = $1`,
        [id],
      )
      delays.push(at - (rows[0]?.at ?? 0))
      most = Math.max(most, await memoryOf(server.program.pid))
      for (const socket of deaf) socket.terminate()
    }
    expect(most - before).toBeLessThan(memoryLimit)
    // Of those who read none waited.
    expect(Math.max(...delays)).toBeLessThan(2_000)
    const events = load.operations * 3
    return { load: `${events} events, memory ${mebibytes(before)} to ${mebibytes(most)} MiB`, recoveriesMs: delays }
  },
)

/** Watches the tasks of an expression and never reads a byte of what comes. */
async function subscribeDeaf(port: number, token: string, id: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
    createConnection: () => connect(port, '127.0.0.1'),
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
  await new Promise((resolve) => socket.once('message', resolve))
  const query = `subscription ($id: ID!) { tasksChanged(expressionId: $id) { id index status version attempt result { fraction } } }`
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id } } }))
  socket.pause()
  return socket
}

/** What a process holds in memory, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
