import pg from 'pg'

/**
 * Whether PostgreSQL refused the data itself (SQLSTATE classes 22 and 23: a value it cannot hold, a constraint): no waiting mends that.
 */
export function isDataError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^(22|23)/.test(code)
}

/** Whether PostgreSQL refused it for this constraint. */
export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.constraint === constraint
