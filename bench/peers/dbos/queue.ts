import type { Expression } from '../../src/workload/expression.ts'

/** Expressions wait here for a worker. */
export const queue = 'expressions'

/** The workflow that computes an expression, and what it is given. */
export const evaluate = 'evaluate'
export type Tasks = Expression['tasks']

/** The same for workers and client, so that a worker may go on with what another one began. */
export const application = { name: 'bench', version: '1' }

/** How often workers look for expressions and the client for ends: DBOS polls, each second by default. */
export const pollMs = 10
