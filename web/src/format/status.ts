import type { AgentState, ExpressionStatus, TaskStatus } from '../graphql.ts'

/** A colour with a meaning; components/tone.css has the values. */
export type Tone = 'waiting' | 'ready' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface StatusLook {
  readonly word: string
  readonly tone: Tone
}

export const expressionStatusLook: Readonly<Record<ExpressionStatus, StatusLook>> = {
  QUEUED: { word: 'Queued', tone: 'ready' },
  RUNNING: { word: 'Running', tone: 'running' },
  SUCCEEDED: { word: 'Succeeded', tone: 'succeeded' },
  FAILED: { word: 'Failed', tone: 'failed' },
  CANCELLED: { word: 'Cancelled', tone: 'cancelled' },
}

export const taskStatusLook: Readonly<Record<TaskStatus, StatusLook>> = {
  WAITING: { word: 'Waiting', tone: 'waiting' },
  READY: { word: 'Ready', tone: 'ready' },
  ASSIGNED: { word: 'Assigned', tone: 'running' },
  SUCCEEDED: { word: 'Succeeded', tone: 'succeeded' },
  FAILED: { word: 'Failed', tone: 'failed' },
  CANCELLED: { word: 'Cancelled', tone: 'cancelled' },
}

export const agentStateLook: Readonly<Record<AgentState, StatusLook>> = {
  ONLINE: { word: 'Online', tone: 'succeeded' },
  RECONNECTING: { word: 'Reconnecting', tone: 'running' },
  DRAINING: { word: 'Draining', tone: 'ready' },
  OFFLINE: { word: 'Offline', tone: 'cancelled' },
  SUSPENDED: { word: 'Set aside', tone: 'failed' },
}

/** Whether an expression may still change. */
export const isUnfinished = (status: ExpressionStatus): boolean => status === 'QUEUED' || status === 'RUNNING'
