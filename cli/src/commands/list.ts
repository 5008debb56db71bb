import type { Answer } from '../connection/api.ts'
import { exitCodes } from '../exit-code.ts'
import { graphql, type ExpressionStatus, type ResultOf, type VariablesOf } from '../graphql.ts'
import { showStatus } from '../show/status.ts'
import { formatMoment } from '../show/time.ts'
import type { Line } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'

const listExpressions = graphql(`
  query ListExpressions($first: Int!, $after: String, $filter: ExpressionFilter) {
    expressions(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          status
          createdAt
          sourceBeginning(characters: 200)
          sourceLength
          progress {
            completed
            total
          }
          result {
            decimal(digits: 20)
          }
          error {
            code
            message
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`)

type Listed = NonNullable<ResultOf<typeof listExpressions>['expressions']>['edges'][number]['node']

const statuses = [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly ExpressionStatus[]
const pageSize = 100

export const list = defineCommand({
  name: 'list',
  summary: 'list your expressions, newest first',
  usage: ['list [options]'],
  options: {
    status: {
      type: 'string',
      value: 'STATUS',
      description: 'only these, separated by commas',
      choices: statuses.map((status) => status.toLowerCase()),
    },
    search: { type: 'string', value: 'TEXT', description: 'only those whose source contains this' },
    limit: { type: 'string', short: 'n', value: 'N', description: 'at most so many; 20 unless told' },
    ids: { type: 'boolean', description: 'ids alone, one a line, such as for reckon delete -' },
  },
  words: [0, 0],
  async run(context, { values }) {
    const wanted = readStatuses(values.status)
    if (wanted === null) return context.misuse(`--status takes ${statuses.join(', ').toLowerCase()}`)
    const limit = values.limit ?? '20'
    if (!/^\d{1,9}$/.test(limit)) return context.misuse('--limit must be a whole number')
    const filter = { statuses: wanted ?? null, sourceContains: values.search ?? null }
    const tell = (node: Listed) => {
      if (values.ids) context.print(node.id)
      else if (context.isJson) context.printJson(node)
      else context.show(describe(node))
    }
    let left = Number(limit)
    let after: string | null | undefined = null
    while (left > 0 && after !== undefined) {
      const page: Page = await askPage(context, { first: Math.min(left, pageSize), after, filter })
      if (page.kind !== 'page') return context.refuse(page)
      page.nodes.forEach(tell)
      left -= page.nodes.length
      after = page.next
    }
    return exitCodes.done
  },
})

type Page =
  | { readonly kind: 'page'; readonly nodes: readonly Listed[]; readonly next: string | undefined }
  | Exclude<Answer<never>, { kind: 'data' }>

async function askPage(context: Context, variables: VariablesOf<typeof listExpressions>): Promise<Page> {
  const answer = await context.api.ask(listExpressions, variables)
  if (answer.kind !== 'data') return answer
  const { expressions } = answer.data
  // Null where it was refused, which is told above.
  if (expressions === null) return { kind: 'page', nodes: [], next: undefined }
  const { edges, pageInfo } = expressions
  // A page with a filter may end early, and goes on from its cursor.
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined
  return { kind: 'page', nodes: edges.map(({ node }) => node), next }
}

/** Null where one of them is none. */
function readStatuses(text: string | undefined): ExpressionStatus[] | undefined | null {
  if (text === undefined) return undefined
  const named = text.split(',').map((name) => statuses.find((status) => status === name.trim().toUpperCase()))
  return named.every((status) => status !== undefined) ? named : null
}

/** The id has a line of its own: it is long, and there to be copied. */
function describe(node: Listed): Line[] {
  const { id, status, createdAt, sourceBeginning, sourceLength, progress, result, error } = node
  const source = printable(sourceBeginning) + (sourceLength > sourceBeginning.length ? '…' : '')
  const outcome = result
    ? ` = ${result.decimal}`
    : error
      ? `: ${error.code}`
      : ` (${progress.completed}/${progress.total})`
  return [
    [
      showStatus(status),
      { text: `  ${formatMoment(createdAt)}  `, tone: 'quiet' },
      { text: source },
      { text: outcome, tone: 'strong' },
    ],
    [{ text: `  ${id}`, tone: 'quiet' }],
  ]
}
