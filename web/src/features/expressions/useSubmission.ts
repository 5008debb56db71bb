import { useRef, useState } from 'react'
import { useMutation, type CombinedError } from 'urql'
import { newRequestId } from '../../ids.ts'
import { graphql, type FragmentOf } from '../../graphql.ts'
import { SourceProblemFragment } from './SourceProblem.tsx'

const SubmitExpressionMutation = graphql(
  `
    mutation SubmitExpression($input: SubmitExpressionInput!) {
      submitExpression(input: $input) {
        __typename
        ... on Expression {
          id
        }
        ...SourceProblem_error
      }
    }
  `,
  [SourceProblemFragment],
)

export type SubmissionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'submitting' }
  | { readonly kind: 'submitted'; readonly id: string }
  | { readonly kind: 'refused'; readonly problem: FragmentOf<typeof SourceProblemFragment> }
  /** Nobody knows whether it was taken in. Submitting it once more is safe: it goes under the same request id. */
  | { readonly kind: 'unanswered'; readonly error: CombinedError | undefined }

/** Submits expressions, each once, however often the button is pressed and whatever the network does. */
export function useSubmission() {
  const [, mutate] = useMutation(SubmitExpressionMutation)
  const [state, setState] = useState<SubmissionState>({ kind: 'idle' })
  const unanswered = useRef<{ source: string; regroup: boolean; requestId: string } | null>(null)

  /** The id of what was taken in; null where it was not, or nobody knows. */
  async function submit(source: string, regroup: boolean): Promise<string | null> {
    const last = unanswered.current
    const input =
      last?.source === source && last.regroup === regroup ? last : { source, regroup, requestId: newRequestId() }
    unanswered.current = input
    setState({ kind: 'submitting' })

    const { data, error } = await mutate({ input })
    if (!data) {
      setState({ kind: 'unanswered', error })
      return null
    }
    unanswered.current = null
    const result = data.submitExpression
    if (result.__typename === 'Expression') {
      setState({ kind: 'submitted', id: result.id })
      return result.id
    }
    setState({ kind: 'refused', problem: result })
    return null
  }

  return { state, submit, reset: () => setState({ kind: 'idle' }) }
}
