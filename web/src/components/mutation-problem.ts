import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { t } from '../language/t.ts'
import { serverText, type ServerError } from './server-text.tsx'

/** Why a mutation did nothing, in words for who asked for it; null where it did, or was not asked for. */
export function mutationProblem(result: object | undefined, error: CombinedError | undefined): ReactNode {
  if (error) return t('Could not reach the server.')
  return result && 'message' in result ? serverText(result as ServerError) : null
}
