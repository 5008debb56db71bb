import { unauthenticated } from '../../domain/failure.ts'
import { takeIn } from '../../use-cases/expressions/submit-expression.ts'
import { z } from 'zod'
import { refused } from '../answer.ts'
import { expression, submission } from '../contract/expression.ts'
import { digitsParameter, waitParameter } from '../parameters.ts'
import { route } from '../route.ts'
import { answerWithExpression } from './answer.ts'

/** A key may be written as RFC 8941 writes strings, or as it is. */
const keyOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined) return undefined
  const text = String(header).trim()
  return /^"(?<key>[^"\\]*)"$/.exec(text)?.groups?.['key'] ?? text
}

const submitAt = (path: string, id: string, summary: string) =>
  route({
    ...{ id, method: 'POST', path, scope: 'submit', summary },
    description:
      'It starts at once if there are slots, else it waits its turn. What is certain to fail, such as 1/0, is taken in as FAILED.\n\nWith `wait` the answer comes when the expression has ended, or when the time is over: then it is 202, and `Location` tells where to ask on.',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        description:
          'Chosen by the client, 1 to 100 characters, unique for the user: sent again with the same source it gives the same expression, so that a request without an answer can be sent again. Without one each request is a new expression.',
      },
      { name: 'Prefer', in: 'header', description: '`wait=30` is the same as `?wait=30`.' },
    ],
    query: z.strictObject({ wait: waitParameter, digits: digitsParameter }),
    body: submission,
    textBody: (source) => ({ source }),
    answers: {
      200: {
        description: 'It had been taken in before, with the same key.',
        ...{ schema: expression, isAlsoText: true, headers: ['Location', 'Preference-Applied'] },
      },
      201: {
        description: 'It is taken in.',
        ...{ schema: expression, isAlsoText: true, headers: ['Location', 'Preference-Applied'] },
      },
      202: {
        description: 'It is taken in and has not ended in the time that the client waits; as a text, nothing yet.',
        ...{ schema: expression, isAlsoText: true, headers: ['Location', 'Preference-Applied'] },
      },
    },
    problems: {
      400: 'The expression has an error, and where: MISSING_OPERAND, UNCLOSED_PARENTHESIS and the like.',
      409: 'REQUEST_ID_CONFLICT: the key was used for another source.',
      422: 'The expression is over a limit (TOO_MANY_OPERATIONS, NUMBER_TOO_LONG and the like), or the key is not well-formed; for `text/plain`, it has failed.',
    },
    async handle(call) {
      const { actor, base, body, headers, services } = call
      if (actor.kind !== 'user') return refused(unauthenticated)
      const requestId = keyOf(headers['idempotency-key']) ?? services.ids.next()
      const outcome = await takeIn(services, actor.userId, { ...body, requestId })
      if ('kind' in outcome) return refused(outcome, body.source)
      const { expression: taken, isRepeated } = outcome
      const status = isRepeated ? 200 : 201
      const location = { Location: `${base}/expressions/${taken.id}` }
      return answerWithExpression(call, taken, { ended: status, unfinished: status, isDone: true }, location)
    },
  })

export const submitRoutes = [
  submitAt('/expressions', 'submitExpression', 'Submit an expression'),
  submitAt('/calculate', 'calculate', 'Submit an expression, by the name that other calculators have for it'),
]
