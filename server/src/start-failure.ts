import type { StartOutcome } from './app.ts'
import { describeEmbeddedProblem, problemFromFileError } from './embedded/problem.ts'

/** Says in one line why the server did not start, and what to do. */
export function describeStartFailure(outcome: Exclude<StartOutcome, { kind: 'started' }>): string {
  switch (outcome.kind) {
    case 'unreachable':
      return `Cannot reach the database "${outcome.database}" at ${outcome.host}:${outcome.port} (${outcome.reason}). Check DATABASE_URL and that PostgreSQL is running.`
    case 'edited':
      return `The migration ${outcome.migration} was changed after it was applied. Restore the file, and put the change into a new migration.`
    case 'unfinished':
      return `The migration ${outcome.migration} was begun earlier and not finished. Mend the database, then mark it with \`prisma migrate resolve\`.`
    case 'failed':
      return `The migration ${outcome.migration} failed: ${outcome.reason}. The database is as it was before it.`
    case 'port-in-use':
      return `Port ${outcome.port} is in use. Stop what runs there, or set PORT to another one.`
    case 'port-forbidden':
      return `Port ${outcome.port} needs more rights than this user has. Set PORT to 1024 or higher.`
    case 'host-unavailable':
      return `HOST is set to ${outcome.host}, which is no address of this machine.`
    default:
      return outcome satisfies never
  }
}

/** Says why a start ended by an error that no step of it has foreseen; a file that cannot be written is one that can come anywhere. */
export function describeUnforeseen(directory: string, error: unknown): string {
  const problem = problemFromFileError(directory, error)
  if (problem !== undefined) return describeEmbeddedProblem(problem)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
