import { databaseTroubleOf } from './store/database-trouble.ts'
import type { AddressProblem } from './store/connection/address.ts'
import type { DatabaseProblem } from './store/connection/look.ts'
import type { StartOutcome } from './app.ts'
import { describeEmbeddedProblem, problemFromFileError } from './embedded/problem.ts'

/** Says in one line why the server did not start, and what to do. */
export function describeStartFailure(outcome: Exclude<StartOutcome, { kind: 'started' }>): string {
  switch (outcome.kind) {
    case 'newer':
      return `The database was migrated by a newer version (${outcome.migrations.join(', ')}). Start that one, restore what was there before it, or set ALLOW_NEWER_DATABASE=true where its notes say that this one may run beside it.`
    case 'edited':
      return `The migration ${outcome.migration} was changed after it was applied. Restore the file, and put the change into a new migration.`
    case 'unfinished':
      return `The migration ${outcome.migration} was begun earlier and not finished. Mend the database, then mark it with \`prisma migrate resolve\`.`
    case 'failed':
      return `The migration ${outcome.migration} failed: ${outcome.reason}. The database is as it was before it.`
    case 'port-in-use':
      return `Port ${outcome.port} is in use. Stop what runs there, or set ${settingOf(outcome)}PORT to another one.`
    case 'port-forbidden':
      return `Port ${outcome.port} needs more rights than this user has. Set ${settingOf(outcome)}PORT to 1024 or higher.`
    case 'host-unavailable':
      return `${settingOf(outcome)}HOST is set to ${outcome.host}, which is no address of this machine.`
    default:
      return describeDatabaseProblem(outcome)
  }
}

/** A server listens at one address for everybody, and at another for those who watch over it. */
const settingOf = ({ ofMetrics }: { readonly ofMetrics?: boolean }) => (ofMetrics === true ? 'METRICS_' : '')

function describeDatabaseProblem(problem: AddressProblem | DatabaseProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `Cannot reach the database "${problem.database}" at ${problem.host}:${problem.port} (${problem.reason}). ${problem.advice}`
    case 'unknown-sslmode':
      return `DATABASE_URL has sslmode=${problem.mode}, which is none of disable, prefer, require, verify-ca and verify-full.`
    case 'no-root-certificate':
      return `DATABASE_URL has sslmode=${problem.mode}, which needs sslrootcert=/path/ca.crt as well; with a certificate that everybody trusts take verify-full.`
    case 'unreadable-certificate':
      return `DATABASE_URL names the certificate ${problem.file}, which cannot be read (${problem.reason}).`
    case 'pooled-by-transaction':
      return `What stands before PostgreSQL at ${problem.host}:${problem.port} gives each transaction another session, and Reckon needs sessions that last. For PgBouncer set pool_mode = session, or let DATABASE_URL name PostgreSQL itself.`
    case 'no-schema':
      return problem.schema === null
        ? `The search_path of the role "${problem.role}" names no schema that is there. Name one in DATABASE_URL, as in ?schema=reckon.`
        : `There is no schema "${problem.schema}" in the database "${problem.database}": CREATE SCHEMA "${problem.schema}" AUTHORIZATION "${problem.role}";`
    case 'no-rights':
      return `The role "${problem.role}" may not make tables in the schema "${problem.schema}" of the database "${problem.database}": GRANT USAGE, CREATE ON SCHEMA "${problem.schema}" TO "${problem.role}"; or give it one of its own, and ?schema= with its name.`
    case 'too-few-connections':
      return `The role "${problem.role}" may have ${problem.allowed} connections, and this server opens up to ${problem.wanted}. Allow it more, or set DATABASE_CONNECTIONS lower.`
    default:
      return problem satisfies never
  }
}

/**
 * Says in a line why a start ended by an error that no step of it has foreseen: a file that cannot be written, or the database, can fail anywhere.
 * What it cannot explain it hands on whole.
 */
export function describeUnforeseen(directory: string, error: unknown): string {
  const problem = problemFromFileError(directory, error)
  if (problem !== undefined) return describeEmbeddedProblem(problem)
  if (!(error instanceof Error)) return String(error)
  const trouble = databaseTroubleOf(error)
  if (trouble === 'full') return `The database has no room left (${firstLine(error)}). Free some on its disk.`
  if (trouble !== null || isOfDatabase(error))
    return `The database did not do what the start asks of it: ${firstLine(error)}`
  return error.stack ?? error.message
}

/** Of PostgreSQL itself, or by way of Prisma. */
const isOfDatabase = (error: Error) => 'severity' in error || error.name.startsWith('PrismaClient')

const firstLine = ({ message }: Error) => message.trim().split('\n').at(-1)?.trim() ?? ''
