import type { Pool } from 'pg'
import { valueOfLiteral } from '../../domain/expression/literal.ts'
import { negate } from '../../domain/number/number.ts'
import type { Operand } from '../../domain/plan/plan.ts'
import type { Computed } from '../../domain/plausibility/claim.ts'
import type { PlanReader } from './plan-reader.ts'

/** A task of an expression. */
export interface TaskOf {
  readonly expressionId: string
  readonly task: number
}

/** What each of these tasks computes, of plan and log; null where its operands are not in the log, or there is no such task. */
export async function loadComputed(
  pool: Pool,
  plans: PlanReader,
  tasks: readonly TaskOf[],
): Promise<(Computed | null)[]> {
  const read = await plans.read(tasks.map(({ expressionId }) => expressionId))
  const planned = tasks.map(({ expressionId, task }) => ({ expressionId, ...read.get(expressionId)?.tasks[task] }))
  const operands = planned.flatMap(({ expressionId, operands = [] }) =>
    operands.flatMap((operand) => ('task' in operand ? [{ expressionId, task: operand.task }] : [])),
  )
  const results = await loadValues(pool, operands)
  return planned.map(({ expressionId, operation, operands }) => {
    if (!operation || !operands) return null
    const values = operands.map((operand) => valueOf(operand, expressionId, results))
    return values.every((value) => value !== undefined) ? { operation, operands: values } : null
  })
}

function valueOf(operand: Operand, expressionId: string, results: ReadonlyMap<string, string>): string | undefined {
  if ('literal' in operand) return valueOfLiteral(operand.literal)
  const value = results.get(keyOf({ expressionId, task: operand.task }))
  return value !== undefined && operand.negated ? negate(value) : value
}

const keyOf = ({ expressionId, task }: TaskOf): string => `${expressionId}:${task}`

async function loadValues(pool: Pool, tasks: readonly TaskOf[]): Promise<Map<string, string>> {
  if (tasks.length === 0) return new Map()
  const { rows } = await pool.query<TaskOf & { value: string }>({
    name: 'load-values',
    text: `
      SELECT expression_id AS "expressionId", task, value FROM task_result
       WHERE (expression_id, task) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    values: [tasks.map(({ expressionId }) => expressionId), tasks.map(({ task }) => task)],
  })
  return new Map(rows.map((row) => [keyOf(row), row.value]))
}
