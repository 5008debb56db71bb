import type { ExecutionResult } from 'graphql'

/** Results whose JSON has been made already. */
const texts = new WeakMap<object, string>()

/** Keeps the JSON of a result with it, for whoever sends it. */
export function keepText(result: ExecutionResult, text: string): ExecutionResult {
  texts.set(result, text)
  // By this Yoga makes the text of an answer over HTTP.
  return Object.defineProperty(result, 'stringify', { value: () => text })
}

export const hasText = (result: unknown): result is ExecutionResult =>
  typeof result === 'object' && result !== null && texts.has(result)

export const textOf = (result: object): string | undefined => texts.get(result)
