import type { CombinedError } from 'urql'

/** Why a mutation did nothing, in words for who asked for it; null where it did, or was not asked for. */
export function mutationProblem(result: object | undefined, error: CombinedError | undefined): string | null {
  if (error) return 'Could not reach the server.'
  return result && 'message' in result ? String(result.message) : null
}
