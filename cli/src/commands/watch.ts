import { oneExpression } from '../watching/documents.ts'
import { defineCommand } from './command.ts'
import { askedDigits, digitsProblem, numberForm, numberOptions } from './number-options.ts'
import { watchAndTell, watchingOptions } from './watching.ts'

export const watch = defineCommand({
  name: 'watch',
  summary: 'watch an expression to its end, and print its result',
  usage: ['watch [options] ID'],
  options: { ...numberOptions, ...watchingOptions },
  words: [1, 1],
  async run(context, { words: [id = ''], values }) {
    const form = numberForm(values)
    if (form === null) return context.misuse(digitsProblem)
    const answer = await context.api.ask(oneExpression, { id, digits: askedDigits(form) })
    if (answer.kind !== 'data') return context.refuse(answer)
    const { expression } = answer.data
    if (!expression) return context.refuse({ code: 'NOT_FOUND', message: `There is no expression ${id} of yours.` })
    return watchAndTell(context, expression, form, values['cancel-on-interrupt'] ?? false)
  },
})
