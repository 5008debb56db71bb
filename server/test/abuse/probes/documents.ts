import type { Person } from '../harness/people.ts'
import type { Stage } from '../harness/stage.ts'

export const submission = `mutation ($source: String!, $requestId: String!) {
  submitExpression(input: { source: $source, requestId: $requestId }) {
    __typename ... on Expression { id } ... on Error { code }
  }
}`

export const submissionOfMany = `mutation ($input: SubmitExpressionsInput!) {
  submitExpressions(input: $input) {
    __typename
    ... on SubmitExpressionsPayload { outcomes { __typename ... on Expression { id } ... on Error { code } } }
    ... on Error { code }
  }
}`

/** A sum of so many operations. */
/** So many operations, no two alike. */
export const longSum = (operations: number) => `sum(k = 0..${operations}, k)`

export interface Submitted {
  readonly id?: string
  readonly code?: string
}

export async function submit(person: Person, source: string, requestId: string): Promise<Submitted> {
  const { submitExpression } = await person.get<{ submitExpression: Submitted }>(submission, { source, requestId })
  return submitExpression
}

/** The id of one that has to be taken in. */
export async function submitted(person: Person, source: string, requestId = 'probe'): Promise<string> {
  const { id, code } = await submit(person, source, requestId)
  if (id === undefined) throw new Error(`not taken in: ${code}`)
  return id
}

/** Resolves with its status when it has ended. */
export async function ended(stage: Stage, person: Person, id: string): Promise<string> {
  const socket = await stage.socket(person)
  if (socket === null) throw new Error('no socket')
  return new Promise((resolve, reject) => {
    const query = 'subscription ($id: ID!) { expressionChanged(id: $id) { status } }'
    socket.subscribe({ query, variables: { id } }, ({ payload }) => {
      const { data } = (payload ?? {}) as { data?: { expressionChanged: { status: string } } | null }
      const status = data?.expressionChanged.status ?? 'GONE'
      if (!['QUEUED', 'RUNNING'].includes(status)) resolve(status)
    })
    socket.end().then((code) => reject(new Error(`closed with ${code}`)), reject)
  })
}

/** So many fields, each under an alias of its own. */
export const aliased = (count: number, field: (place: number) => string) =>
  Array.from({ length: count }, (_, place) => `a${place}: ${field(place)}`).join(' ')

/** Every answer of several, each code once. */
export async function codesOfAll(answers: readonly Promise<readonly string[]>[]): Promise<string[]> {
  return [...new Set((await Promise.all(answers)).flat())].sort()
}
