import { t } from '../../../language/t.ts'
import type { BulkOutcome } from './bulk.ts'
import type { BulkVerb } from './bulk-documents.ts'

export type DoneVerb = BulkVerb | 'undelete'

/** What is under way, and how far it has come. */
export function courseOf(verb: DoneVerb, count: number): string {
  switch (verb) {
    case 'delete':
      return t('Deleting: {count} so far', { count })
    case 'cancel':
      return t('Cancelling: {count} so far', { count })
    case 'retry':
      return t('Retrying: {count} so far', { count })
    case 'undelete':
      return t('Bringing back: {count} so far', { count })
    default:
      return verb satisfies never
  }
}

function doneOf(verb: DoneVerb, count: number): string {
  switch (verb) {
    case 'delete':
      return t('{count, plural, one {# expression is} other {# expressions are}} deleted, for an hour not for good.', {
        count,
      })
    case 'cancel':
      return t(
        '{count, plural, one {# expression is} other {# expressions are}} cancelled. That cannot be undone; run them again instead.',
        { count },
      )
    case 'retry':
      return t(
        '{count, plural, one {# expression is} other {# expressions are}} tried again. Cancel them to stop that.',
        { count },
      )
    case 'undelete':
      return t('{count, plural, one {# expression is} other {# expressions are}} back.', { count })
    default:
      return verb satisfies never
  }
}

/** What became of all: how many it was done to, how many not and why, and why it went no further. */
export function sentenceOf(verb: DoneVerb, { done, refused, problem }: BulkOutcome, isStopped: boolean): string {
  const reasons = new Map<string, number>()
  for (const { message } of refused) reasons.set(message, (reasons.get(message) ?? 0) + 1)
  return [
    ...(done.length > 0 || (refused.length === 0 && problem === null) ? [doneOf(verb, done.length)] : []),
    ...[...reasons].map(([reason, count]) =>
      t('{count, plural, one {# is} other {# are}} left as it was: {reason}', { count, reason }),
    ),
    ...(isStopped ? [t('Stopped there; the rest is as it was.')] : []),
    ...(problem === null ? [] : [problemOf(problem)]),
  ].join(' ')
}

/** @param problem what the server said; empty where it did not answer */
const problemOf = (problem: string): string =>
  problem === ''
    ? t('The server did not answer; the rest is as it was.')
    : t('The server refused to go on, and the rest is as it was: {problem}', { problem })
