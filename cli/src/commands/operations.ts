import { exitCodes, type ExitCode } from '../exit-code.ts'
import { graphql, type ResultOf } from '../graphql.ts'
import { alignRows, header } from '../show/table.ts'
import { formatDuration } from '../terminal/duration.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'

const listOperations = graphql(`
  query ListOperations {
    operations {
      name
      description
      durationMs
      minOperands
      maxOperands
    }
  }
`)

const setDurations = graphql(`
  mutation SetDurations($durations: [OperationDurationInput!]!) {
    setOperationDurations(input: { durations: $durations }) {
      __typename
      ... on SetOperationDurationsPayload {
        operations {
          name
          description
          durationMs
          minOperands
          maxOperands
        }
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          message
        }
      }
    }
  }
`)

type Operation = NonNullable<ResultOf<typeof listOperations>['operations']>[number]

export const operations = defineCommand({
  name: 'operations',
  summary: 'list what can be computed and how long each takes, or set that',
  usage: ['operations', 'operations set NAME=MS…'],
  details: ['To set durations, in milliseconds, takes an admin: reckon operations set +=100 gcd=2000'],
  options: {},
  subcommands: ['set'],
  words: [0, Infinity],
  async run(context, { words: [verb, ...assignments] }) {
    if (verb === undefined) {
      const answer = await context.api.ask(listOperations, {})
      return answer.kind === 'data' ? tell(context, answer.data.operations ?? []) : context.refuse(answer)
    }
    const durations = assignments.map(readAssignment)
    if (verb !== 'set' || durations.length === 0 || durations.includes(null))
      return context.misuse('say reckon operations set NAME=MS, such as +=100')
    const given = durations.filter((duration) => duration !== null)
    const answer = await context.api.ask(setDurations, { durations: given })
    if (answer.kind !== 'data') return context.refuse(answer)
    const { setOperationDurations: outcome } = answer.data
    if (outcome.__typename === 'SetOperationDurationsPayload') return tell(context, outcome.operations)
    const fields = 'fields' in outcome ? outcome.fields.map(({ message }) => message) : []
    return context.refuse({ ...outcome, message: [outcome.message, ...fields].join(' ') })
  },
})

function readAssignment(text: string): { readonly name: string; readonly durationMs: number } | null {
  const [, name, ms] = /^(.+)=(\d{1,9})$/.exec(text) ?? []
  return name === undefined ? null : { name, durationMs: Number(ms) }
}

function tell(context: Context, shown: readonly Operation[]): ExitCode {
  if (context.isJson) for (const operation of shown) context.printJson(operation)
  else
    context.show(
      alignRows([
        header('NAME', 'TAKES', 'OPERANDS', 'WHAT IT COMPUTES'),
        ...shown.map(({ name, durationMs, description, ...counts }) => [
          { text: name, tone: 'strong' as const },
          formatDuration(durationMs),
          operandCount(counts),
          description,
        ]),
      ]),
    )
  return exitCodes.done
}

const operandCount = ({ minOperands, maxOperands }: Pick<Operation, 'minOperands' | 'maxOperands'>) =>
  minOperands === maxOperands ? String(minOperands) : `${minOperands}${maxOperands === null ? '+' : `-${maxOperands}`}`
