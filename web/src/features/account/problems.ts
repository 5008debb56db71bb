import type { ReactNode } from 'react'
import { fieldText, serverText } from '../../components/server-text.tsx'
import { t } from '../../language/t.ts'
import type { CredentialsOutcome } from '../../transport/session.ts'

/** What is wrong, in words: with a field of the form, or with all of it. */
export function problemOf(outcome: CredentialsOutcome | null, field?: string): ReactNode {
  if (outcome === null || outcome.__typename === 'SignedIn') return undefined
  if (field !== undefined)
    return outcome.__typename === 'InvalidInputError' ? ofField(outcome.fields, field) : undefined
  return outcome.__typename === 'Unreachable'
    ? t('The server does not answer. Please try again in a moment.')
    : serverText(outcome)
}

function ofField(fields: readonly { readonly path: string; readonly message: string }[], name: string): ReactNode {
  const message = fields.find(({ path }) => path.split('.').at(-1) === name)?.message
  return message === undefined ? undefined : fieldText(message)
}
