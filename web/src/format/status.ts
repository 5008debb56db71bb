import type { AgentState, ExpressionStatus, TaskStatus } from '../graphql.ts'
import { msg, type Message } from '../language/t.ts'

/** A colour with a meaning; components/tone.css has the values. */
export type Tone = 'waiting' | 'ready' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface StatusLook {
  /** As `t` shows it. */
  readonly word: Message
  readonly tone: Tone
}

export const expressionStatusLook: Readonly<Record<ExpressionStatus, StatusLook>> = {
  QUEUED: { word: msg('Queued@@expression'), tone: 'ready' },
  RUNNING: { word: msg('Running'), tone: 'running' },
  SUCCEEDED: { word: msg('Succeeded@@expression'), tone: 'succeeded' },
  FAILED: { word: msg('Failed@@expression'), tone: 'failed' },
  CANCELLED: { word: msg('Cancelled@@expression'), tone: 'cancelled' },
}

export const taskStatusLook: Readonly<Record<TaskStatus, StatusLook>> = {
  WAITING: { word: msg('Waiting'), tone: 'waiting' },
  READY: { word: msg('Ready'), tone: 'ready' },
  ASSIGNED: { word: msg('Assigned'), tone: 'running' },
  SUCCEEDED: { word: msg('Succeeded@@operation'), tone: 'succeeded' },
  FAILED: { word: msg('Failed@@operation'), tone: 'failed' },
  CANCELLED: { word: msg('Cancelled@@operation'), tone: 'cancelled' },
}

export const agentStateLook: Readonly<Record<AgentState, StatusLook>> = {
  ONLINE: { word: msg('Online'), tone: 'succeeded' },
  RECONNECTING: { word: msg('Reconnecting'), tone: 'running' },
  DRAINING: { word: msg('Draining'), tone: 'ready' },
  OFFLINE: { word: msg('Offline'), tone: 'cancelled' },
  SUSPENDED: { word: msg('Set aside'), tone: 'failed' },
}

/** Whether an expression may still change. */
export const isUnfinished = (status: ExpressionStatus): boolean => status === 'QUEUED' || status === 'RUNNING'
