import { decodePlan } from '../../../src/domain/plan/plan-codec.ts'
import { negate } from '../../../src/domain/number/number.ts'
import type { Operand, Plan } from '../../../src/domain/plan/plan.ts'
import { resultOf } from '../../domain/support/rational.ts'
import type { Cluster } from '../harness/cluster.ts'
import type { Accepted } from '../harness/load.ts'

/** How an expression is to end that is not simply to succeed. */
export type Ending = 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

interface ExpressionRow {
  readonly id: string
  readonly status: string
  readonly result: string | null
  readonly plan: unknown
  readonly completed_tasks: number
  readonly purged_at: Date | null
  readonly log: readonly { readonly task: number; readonly value: string; readonly agent: string | null }[] | null
}

export interface LogVerdict {
  readonly violations: readonly string[]
  /** Tasks of accepted expressions that were to succeed, of which there is no result. */
  readonly lost: number
  /** Tasks that count for more than one. */
  readonly countedTwice: number
}

/**
 * I2: one result a task, equal to the oracle's, computed by the agent that the log names; and every accepted expression has come to the end
 * that it was to come to.
 */
export async function checkLog(cluster: Cluster, endings: ReadonlyMap<string, readonly Ending[]>): Promise<LogVerdict> {
  const rows = await cluster.query<ExpressionRow>(
    `SELECT id, status, result, plan, completed_tasks, purged_at, log
       FROM expression
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_object('task', task, 'value', value, 'agent', agent.name)) AS log
           FROM task_result LEFT JOIN agent ON agent.id = agent_id WHERE expression_id = expression.id
       ) results ON true
      WHERE id = ANY($1)`,
    [cluster.load.accepted.map(({ id }) => id)],
  )
  const { load, agents } = cluster
  const byId = new Map(rows.map((row) => [row.id, row]))
  const computed = new Map(
    agents.map((agent) => [
      agent.name,
      new Set(
        agent.runs.flatMap(({ computations }) =>
          computations.map(({ expressionId, task }) => `${expressionId}:${task}`),
        ),
      ),
    ]),
  )
  const violations: string[] = []
  let lost = 0
  let countedTwice = 0
  for (const accepted of load.accepted) {
    const row = byId.get(accepted.id)
    const wanted = endings.get(accepted.id) ?? ['SUCCEEDED']
    if (row === undefined) {
      violations.push(`I2: ${accepted.id} is gone`)
      lost += accepted.expression.operations
      continue
    }
    if (!wanted.includes(row.status as Ending))
      violations.push(`I2: ${row.id} is ${row.status}, not ${wanted.join(' or ')}`)
    violations.push(...wrongResults(row, accepted))
    const log = row.log ?? []
    for (const { task, agent } of log)
      if (agent !== null && computed.get(agent)?.has(`${row.id}:${task}`) === false)
        violations.push(`I2: ${row.id}:${task} is in the log as ${agent}'s, which never computed it`)
    countedTwice += log.length - new Set(log.map(({ task }) => task)).size
    if (row.status !== 'SUCCEEDED') continue
    const { operations } = accepted.expression
    if (row.purged_at === null) lost += Math.max(0, operations - log.length)
    countedTwice += Math.max(0, row.completed_tasks - operations)
    if (row.purged_at === null && log.length !== operations)
      violations.push(`I2: ${row.id} has ${log.length} results for ${operations} tasks`)
    if (row.completed_tasks !== operations)
      violations.push(`I2: ${row.id} counts ${row.completed_tasks} of ${operations} tasks`)
    if (row.result !== accepted.expression.value)
      violations.push(`I2: ${row.id} came to ${row.result}, not ${accepted.expression.value}`)
  }
  return { violations, lost, countedTwice }
}

function wrongResults({ id, plan, log }: ExpressionRow, { expression }: Accepted): string[] {
  const decoded = decodePlan(plan)
  if (decoded.tasks.length !== expression.operations) return [`I2: the plan of ${id} is not of its source`]
  const values = oracleValues(decoded)
  return (log ?? []).flatMap(({ task, value }) =>
    values[task] === value ? [] : [`I2: ${id}:${task} has the result ${value}, not ${values[task]}`],
  )
}

/** What each task of a plan comes to, by the tests' own arithmetic; null where it or what it works on has no value. */
function oracleValues({ tasks }: Plan): (string | null)[] {
  const values: (string | null)[] = []
  const valueOf = (operand: Operand): string | null => {
    if ('literal' in operand) return operand.literal
    const value = values[operand.task] ?? null
    return operand.negated && value !== null ? negate(value) : value
  }
  for (const { operation, operands } of tasks) {
    const known = operands.map(valueOf)
    values.push(known.every((value) => value !== null) ? resultOf(operation, known) : null)
  }
  return values
}
