import type { Pool } from 'pg'
import type { ExpressionStatus } from '../../generated/prisma/client.ts'

export interface Search {
  readonly ownerId: string
  /** Null for any. */
  readonly statuses: readonly ExpressionStatus[] | null
  /** Null for any source. */
  readonly contains: string | null
  readonly towards: 'older' | 'newer'
  /** Where to begin, without it; null for the end that is the other way. */
  readonly from: string | null
  readonly limit: number
}

export interface Found {
  /** In the order in which they were found. */
  readonly ids: readonly string[]
  /** The expression up to which was looked, where that is not all and more may be found beyond; else null. */
  readonly stoppedAt: string | null
}

/**
 * What one statement reads: so many rows and so many bytes of their sources, whichever comes first. The worst text to look for, a sign and
 * a hundred digits among digits, takes 0.08 ms a kilobyte: 20 ms; a thousand ordinary rows take 2 ms.
 */
const maxRows = 1_000
const maxBytes = 250_000
/** The statuses alone are a tenth of the work. */
const maxRowsByStatus = 5_000
/** Statements of one search. */
const maxStatements = 8

/** Sizes without reading what is stored out of line, for `octet_length` does not need it. */
const statement = (order: 'ASC' | 'DESC', beyond: '<' | '>') => `
  WITH near AS (
    SELECT id, status, source FROM expression WHERE owner_id = $1 AND id ${beyond} $2 ORDER BY id ${order} LIMIT $5
  ), sized AS (
    SELECT id, status, source, sum(octet_length(source)) OVER (ORDER BY id ${order}) - octet_length(source) AS before FROM near
  ), matched AS (
    SELECT id, CASE WHEN $3::text[] IS NOT NULL AND status::text <> ALL($3::text[]) THEN false
                    WHEN $4::text IS NULL THEN true ELSE strpos(source, $4::text) > 0 END AS found
      FROM sized WHERE $4::text IS NULL OR before < ${maxBytes}
  )
  SELECT coalesce(array_agg(id ORDER BY id ${order}) FILTER (WHERE found), '{}')::text[] AS found,
         (array_agg(id ORDER BY id ${order === 'ASC' ? 'DESC' : 'ASC'}))[1]::text AS last,
         count(*) = (SELECT count(*) FROM near) AND count(*) < $5 AS ended
    FROM matched`

const towardsOlder = { name: 'search-older-expressions', text: statement('DESC', '<') }
const towardsNewer = { name: 'search-newer-expressions', text: statement('ASC', '>') }

const beforeAllIds = '00000000-0000-0000-0000-000000000000'
const afterAllIds = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

interface Row {
  readonly found: readonly string[]
  /** Null where there was nothing to look at. */
  readonly last: string | null
  readonly ended: boolean
}

/**
 * Looks through what an owner has, from one end, as far as a page's worth of work goes. An index of trigrams would find without looking, at a
 * price that every submission pays: 35 µs more to insert an expression of ten operations, 133 of fifty, where the whole insert takes 12.
 */
export async function searchExpressions(pool: Pool, search: Search): Promise<Found> {
  const { ownerId, statuses, contains, towards, limit } = search
  const rows = contains === null ? maxRowsByStatus : maxRows
  const query = towards === 'older' ? towardsOlder : towardsNewer
  const ids: string[] = []
  let from = search.from ?? (towards === 'older' ? afterAllIds : beforeAllIds)
  for (let statements = 0; statements < maxStatements; statements++) {
    const answer = await pool.query<Row>({ ...query, values: [ownerId, from, statuses, contains, rows] })
    const [{ found, last, ended } = { found: [], last: null, ended: true }] = answer.rows
    ids.push(...found.slice(0, limit - ids.length))
    if (ended || last === null || ids.length === limit) return { ids, stoppedAt: null }
    from = last
  }
  return { ids, stoppedAt: from }
}
