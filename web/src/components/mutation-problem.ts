import type { ReactNode } from 'react'
import { t } from '../language/t.ts'
import { noDataText, serverText, type ServerError, type Unanswered } from './server-text.tsx'

/** Why a mutation did nothing, in words for who asked for it; null where it did, or was not asked for. */
export function mutationProblem(result: object | undefined, error: Unanswered | undefined): ReactNode {
  if (error) return noDataText(error, t('Could not reach the server.'))
  return result && 'message' in result ? serverText(result as ServerError) : null
}
