import { createHash } from 'node:crypto'
import { tooLong } from './lines.ts'

/** A line that asks for an expression. */
export interface Entry {
  readonly kind: 'entry'
  /** From 1, in its file. */
  readonly line: number
  readonly file: string
  readonly source: string
  readonly regroup: boolean
  readonly requestId: string
  /** What the line calls itself by; its answer has it too. */
  readonly key: unknown
}

/** A line that asks for nothing that can be submitted. */
export interface BadLine {
  readonly kind: 'bad'
  readonly line: number
  readonly file: string
  readonly code: string
  readonly message: string
}

export interface LineOrigin {
  /** What its ids are derived from, beside the line: the same again, and the same ids. */
  readonly name: string
  readonly file: string
  readonly maxSourceLength: number
}

/**
 * Reads a line: an expression, or JSON such as `{"source": "2+2*2", "key": 7}`. Null where there is nothing on it. An id is made of the name of the
 * batch, the number of the line and what stands there, so that a line that is changed is another expression, and one that is not the same.
 */
export function readLine(text: string | typeof tooLong, line: number, origin: LineOrigin): Entry | BadLine | null {
  const { file, name, maxSourceLength } = origin
  const bad = (code: string, message: string): BadLine => ({ kind: 'bad', line, file, code, message })
  if (text === tooLong) return bad('LINE_TOO_LONG', 'The line is longer than anything that can be submitted.')
  const written = (line === 1 ? text.replace(/^\uFEFF/, '') : text).trim()
  if (written === '') return null
  const fields = written.startsWith('{') ? parseFields(written) : { source: written }
  if (fields === null) return bad('NO_JSON', 'The line begins as JSON and is none.')
  const { source, key, requestId, regroup = true } = fields
  if (typeof source !== 'string') return bad('NO_SOURCE', 'The JSON of a line needs a "source", which is a text.')
  if (typeof regroup !== 'boolean') return bad('NO_REGROUP', '"regroup" is true or false.')
  if (source.length > maxSourceLength)
    return bad(
      'SOURCE_TOO_LONG',
      `An expression has at most ${maxSourceLength} characters, and this one ${source.length}.`,
    )
  const derived = createHash('sha256')
    .update(`${name}\n${line}\n${String(regroup)}\n${source}`)
    .digest('hex')
    .slice(0, 40)
  return {
    kind: 'entry',
    line,
    file,
    source,
    regroup,
    key,
    requestId: typeof requestId === 'string' ? requestId : `batch-${derived}`,
  }
}

function parseFields(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}
