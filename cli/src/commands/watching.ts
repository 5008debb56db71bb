import { exitCodes, type ExitCode } from '../exit-code.ts'
import { describeProblem, exitCodeOf, expressionRecord, writeResult, type NumberForm } from '../show/outcome.ts'
import { cancelExpression, type ExpressionView } from '../watching/documents.ts'
import { watchExpression } from '../watching/watch.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { askedDigits } from './number-options.ts'

export const watchingOptions = {
  'cancel-on-interrupt': { type: 'boolean', description: 'at Ctrl-C cancel it; else it goes on computing' },
} as const satisfies Options

/** Watches to the end, and tells it. */
export async function watchAndTell(
  context: Context,
  expression: ExpressionView,
  form: NumberForm,
  cancelsOnInterrupt: boolean,
): Promise<ExitCode> {
  const { id } = expression
  const end = await watchExpression(context, expression, {
    digits: askedDigits(form),
    onInterrupt: () => {
      if (!cancelsOnInterrupt) return 'leave'
      // Its state, which is watched, tells what became of it.
      void context.api.ask(cancelExpression, { id })
      return 'stay'
    },
  })
  switch (end.kind) {
    case 'ended':
      return tellEnd(context, end.expression, form)
    case 'deleted':
      return context.refuse({ code: 'NOT_FOUND', message: 'It was deleted.' })
    case 'interrupted':
      tellHowToGoOn(context, id)
      return exitCodes.interrupted
    case 'refused':
    case 'unreachable':
      return context.refuse(end)
    default:
      return end satisfies never
  }
}

export function tellEnd(context: Context, expression: ExpressionView, form: NumberForm): ExitCode {
  const { result, error, source, status } = expression
  if (context.isJson) context.printJson(expressionRecord(expression))
  else if (result) context.print(writeResult(result, form))
  if (error) context.say(describeProblem(error, source, error.span, context.world.errors.columns ?? 80))
  else if (status === 'CANCELLED') context.complain('it was cancelled.')
  return exitCodeOf(expression)
}

function tellHowToGoOn(context: Context, id: string): void {
  const server = context.isServerGiven ? ` --server ${context.server.shown}` : ''
  context.complain('it goes on computing.')
  context.say([
    [
      { text: `  reckon watch ${id}${server}`, tone: 'strong' },
      { text: '   to see what becomes of it', tone: 'quiet' },
    ],
    [
      { text: `  reckon cancel ${id}${server}`, tone: 'strong' },
      { text: '  to stop it', tone: 'quiet' },
    ],
  ])
}
