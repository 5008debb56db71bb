import { exitCodes } from '../exit-code.ts'
import { graphql } from '../graphql.ts'
import { describeProblem, expressionRecord, writeResult } from '../show/outcome.ts'
import { showStatus } from '../show/status.ts'
import { alignRows, type Row } from '../show/table.ts'
import { formatMoment } from '../show/time.ts'
import { awaited } from '../show/wait-reasons.ts'
import { formatDuration } from '../terminal/duration.ts'
import { printable } from '../terminal/printable.ts'
import { expressionFields } from '../watching/documents.ts'
import { defineCommand } from './command.ts'
import { askedDigits, digitsProblem, numberForm, numberOptions } from './number-options.ts'

const showExpression = graphql(
  `
    query ShowExpression($id: ID!, $digits: Int!) {
      expression(id: $id) {
        ...ExpressionFields
        plan {
          operationCount
          depth
          criticalPathMs
          grouped
        }
        prediction {
          finishAt
          waitsFor
        }
      }
    }
  `,
  [expressionFields],
)

export const show = defineCommand({
  name: 'show',
  summary: 'tell all about an expression',
  usage: ['show [options] ID'],
  options: numberOptions,
  words: [1, 1],
  async run(context, { words: [id = ''], values }) {
    const form = numberForm(values)
    if (form === null) return context.misuse(digitsProblem)
    const answer = await context.api.ask(showExpression, { id, digits: askedDigits(form) })
    if (answer.kind !== 'data') return context.refuse(answer)
    const { expression } = answer.data
    if (!expression) return context.refuse({ code: 'NOT_FOUND', message: `There is no expression ${id} of yours.` })
    if (context.isJson) {
      context.printJson(expressionRecord(expression))
      return exitCodes.done
    }
    const { status, source, result, error, createdAt, startedAt, finishedAt, progress, plan, prediction } = expression
    const rows: Row[] = [
      ['source', printable(source)],
      ['status', showStatus(status)],
      ['operations', `${progress.completed} of ${progress.total}`],
      ['computed as', printable(plan.grouped)],
      ['at best', `${formatDuration(plan.criticalPathMs)}, ${plan.depth} deep`],
      ['submitted', formatMoment(createdAt)],
    ]
    if (startedAt) rows.push(['started', formatMoment(startedAt)])
    if (finishedAt) rows.push(['finished', formatMoment(finishedAt)])
    if (prediction?.finishAt) rows.push(['foreseen', formatMoment(prediction.finishAt)])
    if (prediction) rows.push(['waits for', awaited[prediction.waitsFor]])
    if (result) rows.push(['result', { text: writeResult(result, form), tone: 'strong' }])
    context.show(alignRows(rows))
    if (error) context.say(describeProblem(error, source, error.span, context.world.errors.columns ?? 80))
    return exitCodes.done
  },
})
