import { createInterface } from 'node:readline'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { Answer } from '../connection/api.ts'
import type { Context } from './context.ts'

/** The words, with the lines of standard input in the place of `-`. */
async function* idsOf(words: readonly string[], input: NodeJS.ReadStream): AsyncGenerator<string> {
  for (const word of words) {
    if (word === '-') {
      for await (const line of createInterface({ input })) if (line.trim() !== '') yield line.trim()
    } else yield word
  }
}

/** What became of one. */
export type Step =
  { readonly kind: 'done'; readonly text: string; readonly record: object } | Exclude<Answer<never>, { kind: 'data' }>

/** Does the same with each id. What is refused of one keeps the others back no more than what is done of it. */
export async function withEach(
  context: Context,
  words: readonly string[],
  act: (id: string) => Promise<Step>,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done
  for await (const id of idsOf(words, context.world.input)) {
    const step = await act(id)
    if (step.kind === 'unreachable') return context.refuse(step)
    if (step.kind === 'refused') code = context.refuse(step)
    else if (context.isJson) context.printJson(step.record)
    else if (!context.isQuiet) context.print(step.text)
  }
  return code
}

export const refused = ({ code, message }: { readonly code: string; readonly message: string }): Step => ({
  kind: 'refused',
  code,
  message,
})
