import { setImmediate } from 'node:timers/promises'
import { invalidInput, type InvalidInputError, type RateLimitedError } from '../../domain/failure.ts'
import type { Services } from '../services.ts'
import { submitExpression, type SubmitExpressionInput, type SubmitExpressionOutcome } from './submit-expression.ts'

const mostExpressions = 100
const mostCharacters = 100_000

/** How many are compiled in one turn of the event loop, about: agents and watchers wait meanwhile. */
const charactersPerTurn = 10_000

export type SubmitExpressionsOutcome =
  { readonly outcomes: readonly SubmitExpressionOutcome[] } | InvalidInputError | RateLimitedError

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
  const refusal = services.processor.refusal(ownerId)
  if (refusal) return refusal
  const outcomes: Promise<SubmitExpressionOutcome>[] = []
  let characters = 0
  for (const expression of expressions) {
    characters += expression.source.length
    if (characters > charactersPerTurn) {
      await setImmediate()
      characters = expression.source.length
    }
    const outcome = submitExpression(services, ownerId, expression)
    // Awaited with the others; until then a failure is not unhandled.
    outcome.catch(() => {})
    outcomes.push(outcome)
  }
  return { outcomes: await Promise.all(outcomes) }
}

function findProblem(expressions: readonly SubmitExpressionInput[]): string | null {
  if (expressions.length > mostExpressions) return `must have at most ${mostExpressions} entries`
  const characters = expressions.reduce((sum, { source }) => sum + source.length, 0)
  return characters > mostCharacters ? `must have at most ${mostCharacters} characters of source together` : null
}
