import type { Pool } from 'pg'
import { arrayLiteral, distinctLiterals } from '../array-literal.ts'
import { violates } from '../data-error.ts'
import type { StoredFailure } from './fail-expression.ts'
import type { ExpressionRow } from './load-expressions.ts'

export interface NewExpression {
  readonly id: string
  readonly ownerId: string
  readonly requestId: string
  readonly source: string
  readonly regrouped: boolean
  /** Whether it was to be; absent where nobody said. */
  readonly regroup?: boolean
  /** Encoded, see domain/plan/plan.ts, and as JSON: on one line. */
  readonly plan: string
  readonly operationCount: number
  /** The replica that starts it at once; null where it waits. */
  readonly replicaId: string | null
  /** Of an expression with nothing to compute. */
  readonly result: string | null
  /** Of an expression that is bound to fail. */
  readonly failure: StoredFailure | null
}

const insertion = `
  INSERT INTO expression (id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, failure, epoch,
                          replica_id, regroup, started_at, finished_at)
  SELECT id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, failure, epoch,
         replica_id, regroup, CASE WHEN status <> 'QUEUED' THEN now() END, CASE WHEN status IN ('SUCCEEDED', 'FAILED') THEN now() END
    FROM (SELECT unnest($1::uuid[]) AS id, ($2::uuid[])[unnest($3::int[])] AS owner_id, unnest($4::text[]) AS request_id,
                 unnest($5::text[]) AS source, unnest($6::bool[]) AS regrouped,
                 unnest(string_to_array($7, E'\\n'))::json AS plan, unnest($8::int[]) AS operation_count,
                 unnest($9::expression_status[]) AS status, unnest($10::text[]) AS result,
                 unnest($11::text[])::jsonb AS failure, unnest($12::int[]) AS epoch,
                 ($13::uuid[])[unnest($14::int[])] AS replica_id, unnest($15::bool[]) AS regroup) AS new`

const returning = 'RETURNING id, created_at AS "createdAt"'

/** Fails where a request id was used before. */
const insertNew = {
  name: 'insert-new-expressions',
  text: `${insertion} ${returning}`,
}

/** Leaves out those whose request id was used before. */
const insertMissing = {
  name: 'insert-missing-expressions',
  text: `${insertion} ON CONFLICT (owner_id, request_id) DO NOTHING ${returning}`,
}

/**
 * Inserts expressions, each in the state it begins with: RUNNING at a replica, QUEUED, SUCCEEDED where there is nothing to compute, or
 * FAILED where that is certain.
 * Returns those inserted, by id; the others' request ids were used before by the same owner, or twice in this batch.
 *
 * That is rare, and to be ready for it costs each row a look into the index and a second log record: so it is first taken for granted
 * that none was. It may be called again after it was broken off: what was inserted then counts as inserted, as long as nobody has
 * changed it since.
 */
export async function insertExpressions(
  pool: Pool,
  expressions: readonly NewExpression[],
): Promise<ReadonlyMap<string, ExpressionRow>> {
  const begun = expressions.map(begin)
  const values = valuesOf(begun)
  const insert = async (statement: typeof insertNew) => (await pool.query<Inserted>({ ...statement, values })).rows
  try {
    return inserted(begun, await insert(insertNew))
  } catch (error) {
    if (violates(error, 'expression_owner_id_request_id_key')) return inserted(begun, await insert(insertMissing))
    if (violates(error, 'expression_pkey')) return insertRest(pool, expressions)
    throw error
  }
}

interface Inserted {
  readonly id: string
  readonly createdAt: Date
}

/** After an insert of the same that was broken off when it had been done, or all but done. */
async function insertRest(
  pool: Pool,
  expressions: readonly NewExpression[],
): Promise<ReadonlyMap<string, ExpressionRow>> {
  const { rows } = await pool.query<Inserted & { readonly isUnchanged: boolean }>({
    name: 'find-inserted-expressions',
    text: `SELECT id, created_at AS "createdAt", version = 1 AS "isUnchanged" FROM expression WHERE id = ANY($1::uuid[])`,
    values: [expressions.map(({ id }) => id)],
  })
  const standing = new Set(rows.map(({ id }) => id))
  const rest = expressions.filter(({ id }) => !standing.has(id))
  const unchanged = inserted(
    expressions.map(begin),
    rows.filter(({ isUnchanged }) => isUnchanged),
  )
  return rest.length === 0 ? unchanged : new Map([...unchanged, ...(await insertExpressions(pool, rest))])
}

function valuesOf(begun: readonly Begun[]): unknown[] {
  const expressions = begun.map(({ expression }) => expression)
  const owners = distinctLiterals(expressions.map((expression) => expression.ownerId))
  const replicas = distinctLiterals(expressions.map((expression) => expression.replicaId))
  return [
    arrayLiteral(expressions.map((expression) => expression.id)),
    owners.elements,
    owners.places,
    expressions.map((expression) => expression.requestId),
    expressions.map((expression) => expression.source),
    arrayLiteral(expressions.map((expression) => expression.regrouped)),
    // On a line each, as an array of texts that are full of quotes would have to be escaped.
    expressions.map((expression) => expression.plan).join('\n'),
    arrayLiteral(expressions.map((expression) => expression.operationCount)),
    arrayLiteral(begun.map(({ status }) => status)),
    arrayLiteral(expressions.map((expression) => expression.result)),
    expressions.map(({ failure }) => failure && JSON.stringify(failure)),
    arrayLiteral(begun.map(({ epoch }) => epoch)),
    replicas.elements,
    replicas.places,
    arrayLiteral(expressions.map(({ regroup }) => regroup ?? null)),
  ]
}

function inserted(begun: readonly Begun[], rows: readonly Inserted[]): ReadonlyMap<string, ExpressionRow> {
  const createdAt = new Map(rows.map((row) => [row.id, row.createdAt]))
  return new Map(
    begun.flatMap((one) => {
      const time = createdAt.get(one.expression.id)
      return time ? [[one.expression.id, rowOf(one, time)]] : []
    }),
  )
}

/** The state that an expression begins with. */
interface Begun extends Pick<ExpressionRow, 'status' | 'epoch'> {
  readonly expression: NewExpression
}

function begin(expression: NewExpression): Begun {
  if (expression.failure !== null) return { expression, status: 'FAILED', epoch: 0 }
  if (expression.result !== null) return { expression, status: 'SUCCEEDED', epoch: 0 }
  return expression.replicaId === null
    ? { expression, status: 'QUEUED', epoch: 0 }
    : { expression, status: 'RUNNING', epoch: 1 }
}

/**
 * What a row holds that was inserted at this time: to make it costs less than to read it. Field by field, as an object that is spread into
 * another one and grows by it takes V8 several times the memory.
 */
const rowOf = ({ expression, status, epoch }: Begun, createdAt: Date): ExpressionRow => ({
  id: expression.id,
  ownerId: expression.ownerId,
  requestId: expression.requestId,
  source: expression.source,
  regrouped: expression.regrouped,
  operationCount: expression.operationCount,
  status,
  result: expression.result,
  failure: expression.failure && { ...expression.failure },
  completedTasks: 0,
  createdAt,
  startedAt: status === 'QUEUED' ? null : createdAt,
  finishedAt: status === 'SUCCEEDED' || status === 'FAILED' ? createdAt : null,
  purgedAt: null,
  version: 1,
  epoch,
  retryEpoch: 0,
  replicaId: expression.replicaId,
})
