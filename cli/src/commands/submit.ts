import { exitCodes } from '../exit-code.ts'
import { defineCommand } from './command.ts'
import { askedDigits, digitsProblem, numberForm, numberOptions } from './number-options.ts'
import { refuseSource } from './refuse-source.ts'
import { submitExpression } from './submit-documents.ts'
import { watchAndTell, watchingOptions } from './watching.ts'

/** What the program does when its first word is no command. */
export const submit = defineCommand({
  name: 'submit',
  summary: 'compute an expression, which needs no word before it',
  usage: ["[submit] [options] '2+2*2'"],
  details: [
    'Prints the exact result; shows on standard error how it goes. In a terminal Ctrl-C',
    'leaves it computing, and says how to come back to it.',
  ],
  options: {
    ...numberOptions,
    ...watchingOptions,
    detach: { type: 'boolean', short: 'd', description: 'print its id and do not wait' },
    'request-id': { type: 'string', value: 'ID', description: 'submitted twice under one id it is computed once' },
    'keep-order': { type: 'boolean', description: 'do not regroup sums and products to be faster' },
  },
  words: [1, Infinity],
  async run(context, { words, values }) {
    const form = numberForm(values)
    if (form === null) return context.misuse(digitsProblem)
    const source = words.join(' ')
    // By its id a submission whose answer is lost on the way is sent again without being computed twice.
    const requestId = values['request-id'] ?? context.world.ids.next()
    const input = { source, requestId, regroup: !values['keep-order'] }
    const answer = await context.api.ask(submitExpression, { input, digits: askedDigits(form) })
    if (answer.kind !== 'data') return context.refuse(answer)
    const { submitExpression: outcome } = answer.data
    switch (outcome.__typename) {
      case 'Expression':
        if (!values.detach) return watchAndTell(context, outcome, form, values['cancel-on-interrupt'] ?? false)
        if (context.isJson) context.printJson({ id: outcome.id, requestId, status: outcome.status })
        else context.print(outcome.id)
        return exitCodes.done
      case 'ExpressionSyntaxError':
      case 'ExpressionLimitError':
        return refuseSource(context, source, outcome)
      default:
        return context.refuse(outcome)
    }
  },
})
