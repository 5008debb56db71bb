import type { ShownTask } from './document.ts'

/** A message of the server, as far as a subscriber cares. */
export type Message =
  | { readonly kind: 'welcome' }
  /** Indexes of the tasks in it that have succeeded. */
  | { readonly kind: 'tasks'; readonly succeeded: readonly number[] }
  | { readonly kind: 'other' }

let latest: { readonly data: Buffer; readonly message: Message } | null = null

/** Subscribers in step are sent the same bytes, since each numbers its one subscription the same: those are read once for all of them. */
export function readMessage(data: Buffer): Message {
  if (latest?.data.equals(data) !== true) latest = { data, message: parse(String(data)) }
  return latest.message
}

interface Frame {
  readonly type: string
  readonly payload?: { readonly data?: { readonly tasksChanged: readonly ShownTask[] } | null }
}

function parse(text: string): Message {
  const { type, payload } = JSON.parse(text) as Frame
  if (type === 'connection_ack') return { kind: 'welcome' }
  const tasks = payload?.data?.tasksChanged
  if (type !== 'next' || tasks === undefined) return { kind: 'other' }
  return { kind: 'tasks', succeeded: tasks.filter(({ status }) => status === 'SUCCEEDED').map(({ index }) => index) }
}
