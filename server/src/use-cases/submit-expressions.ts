import { invalidInput, type InvalidInputError } from '../domain/failure.ts'
import type { Services } from './services.ts'
import { submitExpression, type SubmitExpressionInput, type SubmitExpressionOutcome } from './submit-expression.ts'

const mostExpressions = 100
/** All are compiled in one turn of the event loop, in which agents and watchers wait. */
const mostCharacters = 100_000

export type SubmitExpressionsOutcome = { readonly outcomes: readonly SubmitExpressionOutcome[] } | InvalidInputError

/**
 * Takes many expressions in at once, each as if it came alone: what is wrong with one does not keep the others back. One outcome each, in
 * their order.
 */
export async function submitExpressions(
  services: Services,
  ownerId: string,
  expressions: readonly SubmitExpressionInput[],
): Promise<SubmitExpressionsOutcome> {
  const problem = findProblem(expressions)
  if (problem !== null) return invalidInput([{ path: 'expressions', message: `${problem}; send the rest next` }])
  const outcomes = await Promise.all(expressions.map((expression) => submitExpression(services, ownerId, expression)))
  return { outcomes }
}

function findProblem(expressions: readonly SubmitExpressionInput[]): string | null {
  if (expressions.length > mostExpressions) return `must have at most ${mostExpressions} entries`
  const characters = expressions.reduce((sum, { source }) => sum + source.length, 0)
  return characters > mostCharacters ? `must have at most ${mostCharacters} characters of source together` : null
}
