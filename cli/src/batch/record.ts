import type { BatchView } from './documents.ts'
import type { BadLine, Entry } from './entry.ts'

interface Trouble {
  readonly code: string
  readonly message: string
  readonly position?: number
  readonly length?: number
}

export type BatchStatus = BatchView['status'] | 'REFUSED' | 'DELETED'

/** What is written for a line. */
export interface BatchRecord {
  readonly status: BatchStatus
  readonly text: string
}

const identity = ({ line, file }: Entry | BadLine, isOneFile: boolean) => (isOneFile ? { line } : { file, line })

export function recordOf(entry: Entry, view: BatchView, isOneFile: boolean): BatchRecord {
  const { id, status, result, error } = view
  const problem = error && {
    code: error.code,
    message: error.message,
    position: error.span.position,
    length: error.span.length,
  }
  const { key, source } = entry
  const fields = {
    ...identity(entry, isOneFile),
    key,
    id,
    source,
    status,
    ...(result && { result }),
    ...(problem && { error: problem }),
  }
  return { status, text: JSON.stringify(fields) }
}

export function refusalOf(
  entry: Entry | BadLine,
  trouble: Trouble,
  isOneFile: boolean,
  status: 'REFUSED' | 'DELETED' = 'REFUSED',
): BatchRecord {
  const { code, message, position, length } = trouble
  const asked = entry.kind === 'entry' ? { key: entry.key, source: entry.source } : {}
  const fields = { ...identity(entry, isOneFile), ...asked, status, error: { code, message, position, length } }
  return { status, text: JSON.stringify(fields) }
}
