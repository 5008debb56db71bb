import type { TaskReceipt } from '../graphql.ts'
import type { SubmitTaskResultsData } from './documents.ts'

export type SubmitAnswer =
  | { readonly kind: 'receipts'; readonly receipts: readonly TaskReceipt[] }
  /** The server answered, and took nothing. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** No answer came; what became of the results is unknown. */
  | { readonly kind: 'lost' }

interface Answered {
  readonly data?: SubmitTaskResultsData | null | undefined
  readonly errors?: readonly { readonly message: string }[] | undefined
}

/** Reads the answer to a mutation with `count` results. */
export function submitAnswer({ data, errors }: Answered, count: number): SubmitAnswer {
  if (errors && errors.length > 0) return rejected(errors.map((error) => error.message).join('; '))
  const result = data?.submitTaskResults
  if (!result) return rejected('the server sent an answer without data')
  switch (result.__typename) {
    case 'SubmitTaskResultsPayload':
      return result.receipts.length === count
        ? { kind: 'receipts', receipts: result.receipts }
        : rejected(`the server sent ${result.receipts.length} receipts for ${count} results`)
    case 'InvalidInputError':
    case 'ForbiddenError':
    case 'UnauthenticatedError':
      return rejected(`${result.code}: ${result.message}`)
    default:
      return result satisfies never
  }
}

const rejected = (message: string): SubmitAnswer => ({ kind: 'rejected', message })
