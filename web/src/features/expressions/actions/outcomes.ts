import { graphql, type ResultOf } from '../../../graphql.ts'

/** What is copied and downloaded of an expression. */
export const OutcomeFragment = graphql(`
  fragment ExpressionOutcome on Expression @_unmask {
    id
    source
    status
    createdAt
    startedAt
    finishedAt
    result {
      decimal
      fraction
      repeating
      isDecimalExact
    }
    error {
      code
      message
    }
  }
`)

export type Outcome = ResultOf<typeof OutcomeFragment>

/** Those of one result alone come first. */
export const copyForms = ['decimal', 'fraction', 'repeating', 'json', 'csv'] as const
export type CopyForm = (typeof copyForms)[number]

/** What comes before the first, between two, and after the last. */
export interface FileForm {
  readonly begin: string
  readonly between: string
  readonly end: string
  readonly write: (outcome: Outcome) => string
}

const columns = [
  'id',
  'source',
  'status',
  'decimal',
  'fraction',
  'repeating',
  'submitted',
  'started',
  'finished',
  'duration_ms',
  'error',
] as const

/** By its columns, so that a file can be read by what a program knows of the other. */
function cellsOf({ id, source, status, result, createdAt, startedAt, finishedAt, error }: Outcome) {
  const duration = startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt)
  const { decimal = null, fraction = null, repeating = null } = result ?? {}
  return {
    ...{ id, source, status, decimal, fraction, repeating },
    ...{ submitted: createdAt, started: startedAt, finished: finishedAt, duration_ms: duration },
    error: error?.message ?? null,
  } satisfies Record<(typeof columns)[number], string | number | null>
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** As RFC 4180 has it. */
function csvLine(outcome: Outcome): string {
  const cells = cellsOf(outcome)
  return columns.map((column) => quoted(String(cells[column] ?? ''))).join(',')
}

const lines = (write: (outcome: Outcome) => string): FileForm => ({ begin: '', between: '\n', end: '', write })

/** Where there is no result its line is empty, so that lines and expressions go together. */
export const fileForms: Readonly<Record<CopyForm, FileForm>> = {
  decimal: lines(({ result }) => result?.decimal ?? ''),
  fraction: lines(({ result }) => result?.fraction ?? ''),
  // A period that is too long to write has the fraction, which is as exact.
  repeating: lines(({ result }) => result?.repeating ?? result?.fraction ?? ''),
  json: { begin: '[\n', between: ',\n', end: '\n]\n', write: (outcome) => JSON.stringify(cellsOf(outcome)) },
  csv: { begin: `${columns.join(',')}\r\n`, between: '\r\n', end: '\r\n', write: csvLine },
}
