import pg from 'pg'
import { v7 } from 'uuid'
import { channel, decodeMessages, encodeMessages, type BridgeMessage } from '../../src/realtime/bridge/message.ts'
import type { ReplicaStats } from '../../src/store/replicas/replica-stats.ts'
import { whenTestIsDone } from './cleanup.ts'
import { Inbox } from './inbox.ts'

export const idle: ReplicaStats = {
  agents: 0,
  slots: 0,
  busySlots: 0,
  runningExpressions: 0,
  readyTasks: 0,
  tasksPerSecond: 0,
}

/** What another replica says and hears, said and heard by a test. It counts as one that lives. */
export interface OtherReplica {
  readonly id: string
  readonly heard: Inbox<{ readonly from: string; readonly message: BridgeMessage }>
  readonly database: pg.Client
  tell(message: BridgeMessage): Promise<void>
}

/** @param stats what it says of itself; by default that it has nothing */
export async function joinAsReplica(databaseUrl: string, stats: Partial<ReplicaStats> = {}): Promise<OtherReplica> {
  const id = v7()
  const heard: OtherReplica['heard'] = new Inbox('what a replica hears')
  const database = new pg.Client(databaseUrl)
  await database.connect()
  whenTestIsDone(() => database.end())
  database.on('notification', ({ payload = '' }) => {
    const { from = '', messages = [] } = decodeMessages(payload, id) ?? {}
    for (const message of messages) heard.put({ from, message })
  })
  await database.query(`LISTEN ${channel}`)
  await database.query(`INSERT INTO replica (id, heartbeat_at, stats) VALUES ($1, now() + interval '1 hour', $2)`, [
    id,
    JSON.stringify({ ...idle, ...stats }),
  ])
  const tell = async (message: BridgeMessage) => {
    for (const payload of encodeMessages(id, [message]))
      await database.query('SELECT pg_notify($1, $2)', [channel, payload])
  }
  return { id, heard, database, tell }
}
