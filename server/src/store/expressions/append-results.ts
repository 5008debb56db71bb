import type { Pool } from 'pg'
import { arrayLiteral, distinctLiterals } from '../array-literal.ts'
import { violates } from '../data-error.ts'

/** A result on its way to the log. */
export interface NewResult {
  readonly expressionId: string
  readonly task: number
  readonly value: string
  readonly agentId: string
  readonly attempt: number
  /** In whole milliseconds since the Unix epoch, by the database's clock as a replica knows it. */
  readonly startedAt: number
  readonly finishedAt: number
}

/** An expression that these results complete. */
export interface Completion {
  readonly expressionId: string
  /** Of the owner, as when it took the expression. */
  readonly epoch: number
  readonly result: string
  /** When its last result came in, as in `NewResult`: it did not end before. */
  readonly finishedAt: number
}

export interface Appended {
  /** Places in the batch of those whose task had a result already: they do not count. */
  readonly duplicates: ReadonlySet<number>
  /** When expressions came to their end, by id; one that is missing was ended or taken by somebody else. */
  readonly completed: ReadonlyMap<string, Date>
}

type AppendedRow = { readonly place: number } | { readonly place: null; readonly id: string; readonly finishedAt: Date }

/**
 * The arrays side by side. As functions of a FROM clause each of them would be kept as a table of its own first, which is an eighth of
 * what PostgreSQL executes for a row.
 */
const batch = `
  SELECT ($1::uuid[])[unnest($2::int[])] AS expression_id, unnest($3::int[]) AS task, unnest($4::text[]) AS value,
         ($5::uuid[])[unnest($6::int[])] AS agent_id, unnest($7::int[]) AS attempt, unnest($8::bigint[]) AS started_at,
         unnest($9::bigint[]) AS finished_at`

const timeOf = (milliseconds: string) => `timestamptz 'epoch' + ${milliseconds} * interval '1 millisecond'`

const insertion = `
  INSERT INTO task_result (expression_id, task, value, agent_id, attempt, started_at, finished_at)
  SELECT expression_id, task, value, agent_id, attempt, ${timeOf('started_at')}, ${timeOf('finished_at')}
    FROM batch`

/** The status as text, or the planner goes through the index of all that runs in place of the few that end. */
const completion = `
  UPDATE expression
     SET status = 'SUCCEEDED', result = completion.result, completed_tasks = operation_count,
         finished_at = greatest(now(), ${timeOf('completion.finished_at')}),
         version = version + 1, replica_id = NULL
    FROM unnest($10::uuid[], $11::int[], $12::text[], $13::bigint[]) AS completion (id, epoch, result, finished_at)
   WHERE expression.id = completion.id AND status::text = 'RUNNING' AND expression.epoch = completion.epoch
  RETURNING expression.id, expression.finished_at AS "finishedAt"`

/** Fails where a task has a result already. */
const appendNew = {
  name: 'append-new-results',
  text: `
    WITH batch AS (${batch}), appended AS (${insertion}), completed AS (${completion})
    SELECT NULL AS place, id, "finishedAt" FROM completed`,
}

/** Leaves out tasks that have a result already, and tells which. */
const appendMissing = {
  name: 'append-missing-results',
  text: `
    WITH batch AS (${batch}, generate_series(0, cardinality($2::int[]) - 1) AS place), appended AS (${insertion}
      ON CONFLICT DO NOTHING
      RETURNING expression_id, task
    ), completed AS (${completion}), duplicates AS (
      SELECT place FROM batch
       WHERE NOT EXISTS (SELECT FROM appended WHERE appended.expression_id = batch.expression_id AND appended.task = batch.task)
    )
    SELECT place, id, "finishedAt" FROM duplicates FULL JOIN completed ON false`,
}

/**
 * Appends results to the log and ends the expressions that they complete, in one statement and so in one commit. The log's primary
 * key is the fence: of two results of a task the first counts. The end is fenced by status and epoch.
 *
 * A second result of a task is rare, and to be ready for one costs half as much again: so it is first taken for granted that there is
 * none. Arrays through `unnest` cost a tenth of a multi-row insert to plan, whatever the size of the batch. No pair may stand twice in a
 * batch.
 */
export async function appendResults(
  pool: Pool,
  results: readonly NewResult[],
  completions: readonly Completion[],
): Promise<Appended> {
  const expressions = distinctLiterals(results.map((result) => result.expressionId))
  const agents = distinctLiterals(results.map((result) => result.agentId))
  const values = [
    expressions.elements,
    expressions.places,
    arrayLiteral(results.map((result) => result.task)),
    arrayLiteral(results.map((result) => result.value)),
    agents.elements,
    agents.places,
    arrayLiteral(results.map((result) => result.attempt)),
    arrayLiteral(results.map((result) => result.startedAt)),
    arrayLiteral(results.map((result) => result.finishedAt)),
    arrayLiteral(completions.map((completion) => completion.expressionId)),
    arrayLiteral(completions.map((completion) => completion.epoch)),
    arrayLiteral(completions.map((completion) => completion.result)),
    arrayLiteral(completions.map((completion) => completion.finishedAt)),
  ]
  const append = async (statement: typeof appendNew) => (await pool.query<AppendedRow>({ ...statement, values })).rows
  const rows = await append(appendNew).catch((error: unknown) => {
    if (!violates(error, 'task_result_pkey')) throw error
    return append(appendMissing)
  })
  return {
    duplicates: new Set(rows.flatMap(({ place }) => place ?? [])),
    completed: new Map(rows.flatMap((row) => (row.place === null ? [[row.id, row.finishedAt]] : []))),
  }
}
