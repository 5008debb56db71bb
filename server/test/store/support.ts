import { v7 } from 'uuid'
import type { Pool } from 'pg'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { insertExpressions, type NewExpression } from '../../src/store/expressions/insert-expressions.ts'
import { registerReplica } from '../../src/store/replicas/register-replica.ts'
import type { NewResult } from '../../src/store/expressions/append-results.ts'
import { createTestDatabase } from '../support/database.ts'

/** A database of a test file's own, and what its tests write there. */
export interface StoreBench {
  readonly database: Database
  readonly pool: Pool
  /** A pool of another replica. */
  readonly otherPool: Pool
  /** A user's id; users sort in the order in which they were made. */
  user(): Promise<string>
  replica(): Promise<string>
  /** Inserts an expression of three tasks: RUNNING where it is given a replica, else QUEUED. */
  expression(ownerId: string, overrides?: Partial<NewExpression>): Promise<string>
  row(id: string): Promise<ExpressionRow>
  /** Puts something back in time. */
  age(table: string, column: string, id: string, seconds: number): Promise<void>
  reset(): Promise<void>
  close(): Promise<void>
}

interface ExpressionRow {
  readonly status: string
  readonly result: string | null
  readonly failure: { readonly code: string } | null
  readonly epoch: number
  readonly retryEpoch: number
  readonly version: number
  readonly replicaId: string | null
  readonly completedTasks: number
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly purgedAt: Date | null
}

export const newExpression = (ownerId: string, overrides: Partial<NewExpression> = {}): NewExpression => ({
  id: v7(),
  ownerId,
  requestId: v7(),
  source: '(1+2)*(3+4)',
  regrouped: false,
  plan: JSON.stringify({ tasks: [], root: '1' }),
  operationCount: 3,
  replicaId: null,
  result: null,
  failure: null,
  ...overrides,
})

export const newResult = (expressionId: string, task: number, overrides: Partial<NewResult> = {}): NewResult => ({
  expressionId,
  task,
  value: '7',
  agentId: v7(),
  attempt: 1,
  startedAt: 1_796_000_000_000,
  finishedAt: 1_796_000_000_010,
  ...overrides,
})

export async function openStoreBench(): Promise<StoreBench> {
  const testDatabase = await createTestDatabase()
  const open = () =>
    openDatabase(
      { connection: { connectionString: testDatabase.url } },
      { applicationName: 'store tests', connections: 24, onIdleError: () => undefined },
    )
  const [database, other] = [open(), open()]
  const { pool } = database
  return {
    database,
    pool,
    otherPool: other.pool,
    async user() {
      const id = v7()
      await pool.query(`INSERT INTO user_account (id, email, password_hash) VALUES ($1, $2, '')`, [id, `${id}@x`])
      return id
    },
    async replica() {
      const id = v7()
      await registerReplica(pool, id)
      return id
    },
    async expression(ownerId, overrides) {
      const expression = newExpression(ownerId, overrides)
      await insertExpressions(pool, [expression])
      return expression.id
    },
    row: (id) => database.prisma.expression.findUniqueOrThrow({ where: { id } }) as unknown as Promise<ExpressionRow>,
    async age(table, column, id, seconds) {
      await pool.query(`UPDATE ${table} SET ${column} = ${column} - $2 * interval '1 second' WHERE id = $1`, [
        id,
        seconds,
      ])
    },
    async reset() {
      await pool.query(
        'TRUNCATE user_account, expression, deleted_expression, task_result, failed_attempt, offer, replica, agent, agent_token CASCADE',
      )
    },
    async close() {
      await Promise.all([database.close(), other.close()])
      await testDatabase.drop()
    },
  }
}
