import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { Guardian } from '../../src/embedded/guard.ts'

const program = fileURLToPath(new URL('../../src/guardian.ts', import.meta.url))

/** For a PostgreSQL of the tests: it ends also where what runs them is killed. Stop it after the PostgreSQL. */
export const startGuardian = (directory: string): Guardian =>
  Guardian.start({ directory, command: [process.execPath, '--import', 'tsx', program], graceMs: 0, log: console.error })
