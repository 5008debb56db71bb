import type { ReactNode } from 'react'
import { t } from '../language/t.ts'
import { fieldText, noDataText, serverText, type Unanswered } from './server-text.tsx'

interface Refusal {
  readonly __typename: string
  readonly code?: string | undefined
  readonly message?: string
  readonly fields?: readonly { readonly message: string }[]
}

/** Why something could not be made: what is wrong with what was given, told at its field, or with all of it. */
export function creationProblem(
  result: Refusal | undefined,
  error: Unanswered | undefined,
): { readonly ofField: ReactNode; readonly ofAll: ReactNode } {
  if (result?.__typename === 'InvalidInputError')
    return { ofField: fieldText(result.fields?.[0]?.message ?? result.message ?? ''), ofAll: null }
  const { message, code } = result ?? {}
  const told = message === undefined ? null : serverText({ message, code })
  return { ofField: undefined, ofAll: error ? noDataText(error, t('The server did not answer.')) : told }
}
