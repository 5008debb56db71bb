import type { Cluster } from '../harness/cluster.ts'

/** Work that makes no progress for so long, with everything there that it needs, has stopped for good. */
const standstillMs = 25_000

/**
 * I1: every accepted submission is finished or moving. Resolves with what is neither; empty when all have ended.
 */
export async function settle(cluster: Cluster): Promise<string[]> {
  const ids = cluster.load.accepted.map(({ id }) => id)
  let last = ''
  let movedAt = performance.now()
  for (;;) {
    const rows = await cluster.query<{ known: number; unfinished: string[]; results: number }>(
      `SELECT count(*)::int AS known,
              coalesce(array_agg(id) FILTER (WHERE status IN ('QUEUED', 'RUNNING')), '{}') AS unfinished,
              (SELECT count(*) FROM task_result JOIN expression ON id = expression_id WHERE status = 'RUNNING')::int AS results
         FROM expression WHERE id = ANY($1)`,
      [ids],
    )
    const { known = 0, unfinished = [], results = 0 } = rows[0] ?? {}
    if (known < ids.length) return [`I1: ${ids.length - known} accepted expressions are gone`]
    if (unfinished.length === 0) return []
    const now = `${unfinished.length} unfinished, ${results} results`
    if (now !== last) movedAt = performance.now()
    last = now
    if (performance.now() - movedAt > standstillMs)
      return unfinished.map((id) => `I1: expression ${id} neither ends nor moves`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
