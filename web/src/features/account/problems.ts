import type { CredentialsOutcome } from '../../transport/session.ts'

/** What is wrong, in words: with a field of the form, or with all of it. */
export function problemOf(outcome: CredentialsOutcome | null, field?: string): string | undefined {
  if (outcome === null || outcome.__typename === 'SignedIn') return undefined
  if (field !== undefined)
    return outcome.__typename === 'InvalidInputError'
      ? outcome.fields.find(({ path }) => path.split('.').at(-1) === field)?.message
      : undefined
  return outcome.__typename === 'Unreachable'
    ? 'The server does not answer. Please try again in a moment.'
    : outcome.message
}
