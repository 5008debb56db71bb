import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../../support/people.ts'
import type { RandomExpression } from './random-expression.ts'
import type { Random } from './random.ts'

/** A submission that the server has acknowledged: from here on it may not be lost. */
export interface Accepted {
  /** The id in the database. */
  readonly id: string
  readonly globalId: string
  readonly owner: Person
  readonly requestId: string
  readonly expression: RandomExpression
  readonly acceptedAt: number
}

const patienceMs = 60_000
const answerTimeoutMs = 5_000

const document = `mutation ($input: SubmitExpressionInput!) {
  submitExpression(input: $input) { __typename ... on Expression { id } ... on Error { message } }
}`

interface Answer {
  readonly data?: { readonly submitExpression: { __typename: string; id?: string; message?: string } } | null
  readonly errors?: readonly { readonly message: string }[]
}

/** Submits expressions as a careful client does: what is not answered is sent again under the same request id. */
export class Load {
  readonly accepted: Accepted[] = []
  /** How often a submission had to be sent again. */
  retries = 0
  /** Answers that tell a client nothing: neither what is wrong, nor when to try again. */
  readonly unforeseen: string[] = []
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  get operations(): number {
    return this.accepted.reduce((total, { expression }) => total + expression.operations, 0)
  }

  /** Submits all of them for one user, one after the other. */
  async submitAll(url: string, owner: Person, expressions: readonly RandomExpression[]): Promise<void> {
    for (const expression of expressions) await this.submit(url, owner, expression)
  }

  async submit(url: string, owner: Person, expression: RandomExpression): Promise<Accepted> {
    const input = { source: expression.source, requestId: randomUUID(), regroup: this.random.next() < 0.5 }
    const deadline = Date.now() + patienceMs
    for (;;) {
      const answer = await post(url, owner.token, input).catch((error: unknown) => String(error))
      if (typeof answer !== 'string') {
        const accepted = toAccepted(answer, owner, input.requestId, expression)
        this.accepted.push(accepted)
        return accepted
      }
      if (answer.includes('INTERNAL_SERVER_ERROR') || answer.includes('omething went wrong'))
        this.unforeseen.push(answer)
      if (Date.now() > deadline) throw new Error(`a submission failed for ${patienceMs} ms: ${answer}`)
      this.retries++
      await delay(20 + this.random.next() * 100)
    }
  }
}

/** Rejects where there is no answer, or one that says to try again. */
async function post(url: string, token: string, input: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: document, variables: { input } }),
    signal: AbortSignal.timeout(answerTimeoutMs),
  })
  const text = await response.text()
  if (response.status >= 500) throw new Error(`${response.status}: ${text}`)
  const answer = JSON.parse(text) as Answer
  if (answer.errors) throw new Error(text)
  return answer
}

function toAccepted({ data }: Answer, owner: Person, requestId: string, expression: RandomExpression): Accepted {
  const outcome = data?.submitExpression
  if (outcome?.id === undefined) throw new Error(`refused: ${JSON.stringify(outcome)}`)
  const globalId = outcome.id
  const id = Buffer.from(globalId, 'base64').toString().split(':')[1] ?? ''
  return { id, globalId, owner, requestId, expression, acceptedAt: Date.now() }
}
