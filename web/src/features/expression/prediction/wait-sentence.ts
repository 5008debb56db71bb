import { formatDuration } from '../../../format/duration.ts'
import { t } from '../../../language/t.ts'
import type { PredictionData } from './usePrediction.ts'

/** What an expression waits for, in one sentence. @param nowMs by the server's clock */
export function waitSentence(prediction: PredictionData, nowMs: number): string {
  const { waitsFor, assignedTasks: assigned } = prediction
  const reason = reasonOf(prediction, nowMs)
  const isToldWhole = waitsFor === 'RETRY' || waitsFor === 'RECOVERY' || waitsFor === 'LOG' || waitsFor === 'NO_AGENTS'
  if (assigned === 0 || isToldWhole || isLast(prediction)) return reason
  return t('{count, plural, one {# operation is} other {# operations are}} being computed. {reason}', {
    count: computingOf(prediction),
    reason,
  })
}

/** What lies at an agent ahead of its slots is not being computed. An agent that is away for a moment computes, and its slots do not count. */
const computingOf = ({ assignedTasks, slots }: PredictionData): number =>
  Math.min(assignedTasks, slots || assignedTasks)

/** Whether all that is left is being computed. */
const isLast = ({ waitsFor, waitingTasks }: PredictionData): boolean => waitsFor === 'OPERANDS' && waitingTasks === 0

function reasonOf(prediction: PredictionData, nowMs: number): string {
  const { waitsFor, assignedTasks: assigned, readyTasks: ready, waitingTasks: waiting, slots } = prediction
  const { ownTasksBefore: own, othersTasksBefore: others } = prediction
  switch (waitsFor) {
    case 'OPERANDS':
      if (waiting > 0) return t('{waiting, plural, one {# more waits} other {# more wait}} for results.', { waiting })
      return t(
        '{assigned, plural, =1 {Its last operation is} one {Its last # operation is} other {Its last # operations are}} being computed.',
        { assigned },
      )
    case 'SLOTS':
      if (assigned > 0 && ready > 0)
        return t(
          '{ready, plural, one {# more is ready and waits} other {# more are ready and wait}} for one of {slots, plural, one {# slot} other {# slots}}.',
          { ready: ready + assigned - computingOf(prediction), slots },
        )
      return t(
        'It waits for a slot: {slots, plural, =1 {the only one is taken} one {# is taken} other {all # are taken}}.',
        { slots },
      )
    case 'OWN_EXPRESSIONS':
      return t(
        '{own, plural, one {# operation of your other expressions gets} other {# operations of your other expressions get}} a slot before its next.',
        { own },
      )
    case 'OTHER_USERS':
      if (own === 0)
        return t(
          '{others, plural, one {# operation of others gets} other {# operations of others get}} a slot before its next.',
          {
            others,
          },
        )
      return t(
        '{others, plural, one {# operation of others} other {# operations of others}} and {own} of yours get a slot before its next.',
        { others, own },
      )
    case 'AGENT_ALONE':
      return t(
        'An operation was lost with its agents: before its last attempt it waits for an agent that computes nothing else.',
      )
    case 'NO_AGENTS':
      return t('It waits for an agent: none is connected. Agents tells how to start one.')
    case 'RETRY': {
      const inMs = prediction.retryAt === null ? 0 : Math.max(0, Date.parse(prediction.retryAt) - nowMs)
      return t('An agent could not compute an operation; it is tried again in {time}.', { time: formatDuration(inMs) })
    }
    case 'RECOVERY':
      return t('The server was started anew, and waits for its agents to come back with what they have.')
    case 'LOG':
      return t('All is computed; the last results are on their way to the disk.')
    default:
      return waitsFor satisfies never
  }
}
