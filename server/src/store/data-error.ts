import pg from 'pg'
import { databaseTroubleOf } from './database-trouble.ts'

/**
 * Whether no waiting mends it. PostgreSQL refused the data itself (SQLSTATE classes 22, 23 and 54: a value it cannot hold, a constraint,
 * a limit), or the error never came from it: a string too long to be made, a bug.
 */
export function isLasting(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string' && /^(22|23|54)...$/.test(code)) return true
  return databaseTroubleOf(error) === null && !(error instanceof pg.DatabaseError)
}

/** Whether PostgreSQL refused it for this constraint. */
export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.constraint === constraint

/** Whether PostgreSQL ended it because it and another one waited for each other. */
export const isDeadlock = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '40P01'
