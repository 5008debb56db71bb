/// <reference types="node" />
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

export interface Seeded {
  readonly email: string
  readonly count: number
  /** Of how many characters the source of every thousandth is. */
  readonly longestSource?: number
}

/**
 * Gives a user expressions past the API, which would take minutes for 100 000: row by row what a submission and its end leave behind, a
 * minute apart, the last of them a minute old. The first of them, in the order of submission, is `0+0`, the next `1+1`.
 */
export async function seedExpressions(databaseUrl: string, { email, count, longestSource = 0 }: Seeded): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(seed, [email, count, longestSource])
    await client.query('ANALYZE expression')
  } finally {
    await client.end()
  }
}

/** Tells past the API that so many agents were forgotten, the first of them 1: one after the other, and now. */
export async function seedAuditEvents(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(seedOfAudit, [count])
  } finally {
    await client.end()
  }
}

/** Where the database is that a server has brought, by what it has written into its folder. */
export function embeddedUrl(folder: string): string {
  const data = path.join(folder, 'data')
  const password = readFileSync(path.join(data, 'reckon.password'), 'utf8').trim()
  const port = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[3]
  return `postgresql://postgres:${password}@127.0.0.1:${port}/reckon`
}

/** Ids of version 7, by the time of submission. Of ten one is cancelled and one has failed; durations go round from 1 ms to 5 s. */
const seed = `
  INSERT INTO expression (id, owner_id, request_id, source, regrouped, plan, operation_count, status, result, failure,
                          completed_tasks, created_at, started_at, finished_at)
  SELECT (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
         owner.id, 'seed-' || n,
         CASE WHEN n % 1000 = 0 AND $3 > 0 THEN rpad(n || '+', $3 - 1, '1+') || '1' ELSE n || '+' || n END,
         false, format('{"tasks":[["+","%s","%s",%s,1]],"root":0}', n, n, length(n::text))::json, 1,
         (CASE n % 10 WHEN 3 THEN 'CANCELLED' WHEN 7 THEN 'FAILED' ELSE 'SUCCEEDED' END)::expression_status,
         CASE WHEN n % 10 IN (3, 7) THEN NULL ELSE (2 * n)::text END,
         CASE WHEN n % 10 = 7 THEN '{"code":"ATTEMPTS_SPENT","message":"The operation was tried too often.","task":0,"attempt":5,"agentId":null}'::jsonb END,
         1, at, at, at + (n % 5000 + 1) * interval '1 ms'
    FROM (SELECT id FROM user_account WHERE email = $1) owner,
         generate_series(0, $2::int - 1) n,
         LATERAL (SELECT date_trunc('milliseconds', now() - ($2::int - n) * interval '1 minute') AS at) times,
         LATERAL (SELECT lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') AS hex) ids`

/** Ids of version 7, as the server gives them. */
const seedOfAudit = `
  INSERT INTO audit_event (id, kind, address, detail)
  SELECT (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
         'AGENT_FORGOTTEN', '192.0.2.7', n
  FROM generate_series(1, $1::int) AS n,
       lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') AS hex`
