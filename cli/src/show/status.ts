import type { AgentState, ExpressionStatus } from '../graphql.ts'
import type { Span, Tone } from '../terminal/line.ts'

const tones: Readonly<Record<ExpressionStatus | AgentState, Tone>> = {
  QUEUED: 'ready',
  RUNNING: 'busy',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'quiet',
  ONLINE: 'good',
  RECONNECTING: 'busy',
  DRAINING: 'ready',
  OFFLINE: 'quiet',
  SUSPENDED: 'bad',
}

export const showStatus = (status: ExpressionStatus | AgentState): Span => ({
  text: status.toLowerCase(),
  tone: tones[status],
})
