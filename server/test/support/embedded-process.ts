import process from 'node:process'
import { startEmbeddedPostgres } from '../../src/embedded/start.ts'

// A process that uses the data folder it is given, until it is killed. Tells the other side how its start ended.
const outcome = await startEmbeddedPostgres({
  directory: process.argv[2] ?? '',
  log: console.error,
  settings: { fsync: 'off' },
})
process.send?.(JSON.parse(JSON.stringify(outcome)))
