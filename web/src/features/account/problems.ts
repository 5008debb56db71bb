import type { ReactNode } from 'react'
import { fieldText, graphQLErrorText, serverText } from '../../components/server-text.tsx'
import { t } from '../../language/t.ts'
import type { CredentialsOutcome } from '../../transport/session.ts'

/** What is wrong, in words: with a field of the form, or with all of it. */
export function problemOf(outcome: CredentialsOutcome | null, field?: string): ReactNode {
  if (outcome === null || outcome.__typename === 'SignedIn') return undefined
  if (field !== undefined)
    return outcome.__typename === 'InvalidInputError' ? ofField(outcome.fields, field) : undefined
  if (outcome.__typename !== 'Unreachable') return serverText(outcome)
  return outcome.reason
    ? graphQLErrorText(outcome.reason)
    : t('The server does not answer. Please try again in a moment.')
}

function ofField(fields: readonly { readonly path: string; readonly message: string }[], name: string): ReactNode {
  const message = fields.find(({ path }) => path.split('.').at(-1) === name)?.message
  return message === undefined ? undefined : fieldText(message)
}
