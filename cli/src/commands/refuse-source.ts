import { exitCodes, type ExitCode } from '../exit-code.ts'
import { describeProblem } from '../show/outcome.ts'
import type { Stretch } from '../show/source-mark.ts'
import { printable } from '../terminal/printable.ts'
import type { Context } from './context.ts'

interface SourceProblem extends Stretch {
  readonly code: string
  readonly message: string
  readonly suggestion?: string | null
}

/** Ends a command whose expression is none, or over a limit. */
export function refuseSource(context: Context, source: string, problem: SourceProblem): ExitCode {
  const { code, message, position, length, suggestion = null } = problem
  if (context.isJson) context.printJson({ status: 'REFUSED', error: { code, message, position, length, suggestion } })
  context.say(describeProblem(problem, source, problem, context.world.errors.columns ?? 80))
  if (suggestion !== null) context.say([[{ text: `  Meant may be: ${printable(suggestion)}` }]])
  return exitCodes.refused
}
