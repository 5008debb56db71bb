import { Client, CombinedError, type Exchange } from '@urql/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { filter, map, pipe } from 'wonka'
import { creationProblem } from '../src/components/creation-problem.ts'
import { mutationProblem } from '../src/components/mutation-problem.ts'
import { problemOf } from '../src/features/account/problems.ts'
import { changeMany } from '../src/features/expressions/actions/bulk.ts'
import { runAgain } from '../src/features/expressions/actions/run-again.ts'
import { Feedback } from '../src/features/expressions/Feedback.tsx'
import type { PlanPreview } from '../src/features/expressions/usePlanPreview.ts'
import type { SubmissionState } from '../src/features/expressions/useSubmission.ts'
import { LoginMutation } from '../src/transport/session-documents.ts'
import { post } from '../src/transport/post.ts'

const said = 'The database cannot be reached right now.'
const refusal = { message: said, extensions: { code: 'SERVICE_UNAVAILABLE' } }
const refused = new CombinedError({ graphQLErrors: [refusal] })
const silent = new CombinedError({ networkError: new Error('no network') })

/** What the form says under itself. */
function feedback(submission: SubmissionState, preview: PlanPreview | null = null): string {
  return renderToStaticMarkup(createElement(Feedback, { submission, preview, regroup: true, onFix: () => {} }))
}

/** A client of a server that answers everything with an error. */
function failing(error: CombinedError): Client {
  const exchange: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== 'teardown'),
      map((operation) => ({ operation, data: undefined, error, stale: false, hasNext: false })),
    )
  return new Client({ url: 'http://server', exchanges: [exchange], preferGetMethod: false })
}

describe('what a server says that answers with an error', () => {
  it('is told of a mutation, a creation and a submission, and of no silence', () => {
    expect(mutationProblem(undefined, refused)).toBe(said)
    expect(creationProblem(undefined, refused).ofAll).toBe(said)
    expect(feedback({ kind: 'unanswered', error: refused })).toContain(said)
    expect(mutationProblem(undefined, silent)).toBe('Could not reach the server.')
    expect(creationProblem(undefined, silent).ofAll).toBe('The server did not answer.')
    expect(feedback({ kind: 'unanswered', error: silent })).toContain('Press Evaluate again')
  })

  it('is told of a plan while one types', () => {
    const preview: PlanPreview = { source: '1+1', outcome: { __typename: 'Unanswered', error: refused } }
    expect(feedback({ kind: 'idle' }, preview)).toContain(said)
  })

  it('is told of what is done to rows', async () => {
    const course = { signal: new AbortController().signal, onProgress: () => {} }
    const problemWith = async (error: CombinedError) =>
      (await changeMany(failing(error), 'delete', { kind: 'ids', ids: ['e'] }, course)).problem
    expect(await problemWith(refused)).toBe(said)
    expect(await problemWith(silent)).toBe('')
    expect(await runAgain(failing(refused), 'e')).toEqual({ problem: said })
    expect(await runAgain(failing(silent), 'e')).toEqual({ problem: null })
  })

  it('is told to who signs in', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ errors: [refusal] }, { status: 503 }))
    const outcome = await post(LoginMutation, { input: { email: 'ada@example.com', password: 'secret' } })
    vi.unstubAllGlobals()
    expect(outcome).toEqual({ kind: 'unreachable', reason: refusal })
    expect(problemOf({ __typename: 'Unreachable', reason: refusal })).toBe(said)
    expect(problemOf({ __typename: 'Unreachable' })).toContain('does not answer')
  })
})
