/** Why the embedded PostgreSQL cannot be used. Nothing was deleted; each can be mended by whoever runs Reckon. */
export type EmbeddedProblem =
  | { readonly kind: 'unsupported-platform'; readonly platform: string }
  | { readonly kind: 'binaries-unusable'; readonly reason: string }
  /** The data folder lacks files or holds something else. */
  | { readonly kind: 'damaged'; readonly directory: string; readonly reason: string }
  | { readonly kind: 'other-version'; readonly directory: string; readonly found: number; readonly expected: number }
  /** Another process uses the folder: a live Reckon, or a postmaster that does not answer. */
  | { readonly kind: 'in-use'; readonly directory: string; readonly by: string }
  | { readonly kind: 'disk-full'; readonly directory: string }
  | { readonly kind: 'not-writable'; readonly directory: string; readonly reason: string }
  | {
      readonly kind: 'failed'
      readonly directory: string
      readonly step: 'initdb' | 'postgres'
      readonly output: string
    }

const otherFolder = 'set RECKON_DATA to another folder, or DATABASE_URL to a PostgreSQL of your own'

/** Says in a line or two what is wrong and what to do. */
export function describeEmbeddedProblem(problem: EmbeddedProblem): string {
  switch (problem.kind) {
    case 'unsupported-platform':
      return `There is no embedded PostgreSQL for ${problem.platform}: set DATABASE_URL to a PostgreSQL of your own.`
    case 'binaries-unusable':
      return `The embedded PostgreSQL cannot run here (${problem.reason}): run \`npm install\` again, or set DATABASE_URL.`
    case 'damaged':
      return `The data folder ${problem.directory} is damaged: ${problem.reason}. Restore it from a copy, move it away to start with an empty one, or ${otherFolder}.`
    case 'other-version':
      return `The data folder ${problem.directory} was made by PostgreSQL ${problem.found}, and this is ${problem.expected}. Move it away to start with an empty one, or ${otherFolder}.`
    case 'in-use':
      return `The data folder ${problem.directory} is in use by ${problem.by}. Stop that first, or ${otherFolder}.`
    case 'disk-full':
      return `There is no space left for the data folder ${problem.directory}. Free some, or ${otherFolder}.`
    case 'not-writable':
      return `The data folder ${problem.directory} cannot be written (${problem.reason}). Give this user the right to, or ${otherFolder}.`
    case 'failed':
      return `The embedded PostgreSQL did not start on ${problem.directory} (${problem.step}):\n${problem.output}`
    default:
      return problem satisfies never
  }
}

/** Ends a start early. It never leaves this folder: `startEmbeddedPostgres` returns its problem as a value. */
export class EmbeddedFailure extends Error {
  readonly problem: EmbeddedProblem

  constructor(problem: EmbeddedProblem, cause?: unknown) {
    super(describeEmbeddedProblem(problem), { cause })
    this.problem = problem
  }
}

/** Names the cause that the last lines of a PostgreSQL program tell of. */
export function problemFromOutput(step: 'initdb' | 'postgres', directory: string, output: string): EmbeddedProblem {
  if (/No space left on device|Disk quota exceeded|Check free disk space/i.test(output))
    return { kind: 'disk-full', directory }
  if (/error while loading shared libraries|Library not loaded|cannot execute binary/i.test(output))
    return { kind: 'binaries-unusable', reason: lastLines(output, 1) }
  if (/Permission denied|Read-only file system/i.test(output))
    return { kind: 'not-writable', directory, reason: lastLines(output, 1) }
  return { kind: 'failed', directory, step, output: lastLines(output, 12) }
}

/** Names the cause that a file operation's error code tells of; undefined where it is a bug. */
export function problemFromFileError(directory: string, error: unknown): EmbeddedProblem | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall } = error as NodeJS.ErrnoException
  // Of a folder that cannot be made there, as below /proc.
  if (code === 'ENOENT' && syscall === 'mkdir') return { kind: 'not-writable', directory, reason: error.message }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'disk-full', directory }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return { kind: 'not-writable', directory, reason: error.message }
    default:
      return undefined
  }
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
