import { formatDuration } from '../../../format/duration.ts'
import { formatCount, plural } from '../../../format/number.ts'
import type { PredictionData } from './usePrediction.ts'

const are = (count: number, noun: string): string => `${plural(count, noun)} ${count === 1 ? 'is' : 'are'}`

/** What an expression waits for, in one sentence. @param nowMs by the server's clock */
export function waitSentence(prediction: PredictionData, nowMs: number): string {
  const { waitsFor, assignedTasks: assigned, readyTasks: ready, waitingTasks: waiting, slots } = prediction
  const { ownTasksBefore: own, othersTasksBefore: others } = prediction
  const computed = assigned > 0 ? `${are(assigned, 'operation')} being computed; ` : ''
  const rest = ready > 0 ? `${formatCount(ready)} more ${ready === 1 ? 'is' : 'are'} ready and` : 'it'
  switch (waitsFor) {
    case 'OPERANDS':
      if (waiting > 0) return `${computed}${formatCount(waiting)} more ${waiting === 1 ? 'waits' : 'wait'} for results.`
      return assigned === 1
        ? 'Its last operation is being computed.'
        : `Its last ${assigned} operations are being computed.`
    case 'SLOTS':
      if (assigned > 0)
        return `${computed}${rest} ${ready === 1 ? 'waits' : 'wait'} for one of ${plural(slots, 'slot')}.`
      return `It waits for a slot: ${slots === 1 ? 'the only one is taken' : `all ${formatCount(slots)} are taken`}.`
    case 'OWN_EXPRESSIONS':
      return `${computed}${plural(own, 'operation')} of your other expressions ${own === 1 ? 'gets' : 'get'} a slot before its next.`
    case 'OTHER_USERS':
      return `${computed}${plural(others, 'operation')} of others${own > 0 ? ` and ${formatCount(own)} of yours` : ''} ${
        others + own === 1 ? 'gets' : 'get'
      } a slot before its next.`
    case 'NO_AGENTS':
      return 'It waits for an agent: none is connected. Agents tells how to start one.'
    case 'RETRY': {
      const inMs = prediction.retryAt === null ? 0 : Math.max(0, Date.parse(prediction.retryAt) - nowMs)
      return `An agent could not compute an operation; it is tried again in ${formatDuration(inMs)}.`
    }
    case 'RECOVERY':
      return 'The server was started anew, and waits for its agents to come back with what they have.'
    case 'LOG':
      return 'All is computed; the last results are on their way to the disk.'
    default:
      return waitsFor satisfies never
  }
}
