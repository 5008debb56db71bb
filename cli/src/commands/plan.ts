import { exitCodes } from '../exit-code.ts'
import { graphql } from '../graphql.ts'
import { alignRows } from '../show/table.ts'
import { describeProblem } from '../show/outcome.ts'
import { formatDuration } from '../terminal/duration.ts'
import { printable } from '../terminal/printable.ts'
import { defineCommand } from './command.ts'
import { sourceRefusal } from './refusal-documents.ts'
import { refuseSource } from './refuse-source.ts'

const planExpression = graphql(
  `
    query PlanExpression($source: String!, $regroup: Boolean!) {
      planExpression(source: $source, regroup: $regroup) {
        __typename
        ... on Plan {
          operationCount
          depth
          criticalPathMs
          totalDurationMs
          regrouped
          grouped
          failure {
            code
            message
            span {
              position
              length
            }
          }
        }
        ...SourceRefusal
      }
    }
  `,
  [sourceRefusal],
)

export const plan = defineCommand({
  name: 'plan',
  summary: 'tell what an expression would take, without computing it',
  usage: ["plan '2+2*2'"],
  options: { 'keep-order': { type: 'boolean', description: 'do not regroup sums and products to be faster' } },
  words: [1, Infinity],
  async run(context, { words, values }) {
    const source = words.join(' ')
    const answer = await context.api.ask(planExpression, { source, regroup: !values['keep-order'] })
    if (answer.kind !== 'data') return context.refuse(answer)
    const { planExpression: outcome } = answer.data
    if (outcome.__typename === 'RateLimitedError') return context.refuse(outcome)
    if (outcome.__typename !== 'Plan') return refuseSource(context, source, outcome)
    const { failure, __typename: _typename, ...figures } = outcome
    if (context.isJson) context.printJson({ source, ...figures, failure })
    else
      context.show(
        alignRows([
          ['operations', String(outcome.operationCount)],
          ['depth', String(outcome.depth)],
          ['at best', formatDuration(outcome.criticalPathMs)],
          ['on one slot', formatDuration(outcome.totalDurationMs)],
          [outcome.regrouped ? 'regrouped' : 'computed as', printable(outcome.grouped)],
        ]),
      )
    if (failure === null) return exitCodes.done
    context.say(describeProblem(failure, source, failure.span, context.world.errors.columns ?? 80))
    return exitCodes.failed
  },
})
