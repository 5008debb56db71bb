import type { Cluster } from '../harness/cluster.ts'
import type { Entity, Observer } from '../harness/observer.ts'

type Truth = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/**
 * I4: every observer's last state equals the database's, its versions never went back, and it was shown nothing of another user.
 * @param patienceMs how long an update may be on its way
 */
export async function checkObservers(cluster: Cluster, patienceMs: number): Promise<string[]> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const differences = (await Promise.all(cluster.observers.map((observer) => compare(cluster, observer)))).flat()
    const isLate = performance.now() > deadline
    if (differences.length === 0 || isLate)
      return [
        ...differences,
        ...cluster.observers.flatMap((observer) => findForeign(cluster, observer)),
        ...cluster.observers.flatMap(({ regressions }) => regressions.map((text) => `I4: ${text}`)),
      ]
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What belongs to a user is shown to nobody else. */
function findForeign({ load }: Cluster, { name, watched, person, shown }: Observer): string[] {
  if (watched !== 'expressions') return []
  const own = new Set(load.accepted.filter(({ owner }) => owner === person).map(({ globalId }) => globalId))
  return [...shown.keys()].flatMap((id) => (own.has(id) ? [] : [`I4: ${name} was shown ${id}, which is another's`]))
}

async function compare(cluster: Cluster, observer: Observer): Promise<string[]> {
  const differences: string[] = []
  for (const [id, wanted] of await truthFor(cluster, observer)) {
    const shown = observer.shown.get(id)
    const seen = shown && view(observer, shown)
    if (JSON.stringify(seen) !== JSON.stringify(wanted))
      differences.push(`I4: ${observer.name} shows ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)} (${id})`)
  }
  return differences
}

/** What of an entity has to be right, in the form of `truthFor`. */
function view({ watched }: Observer, entity: Entity): Record<string, unknown> {
  const { status, result, progress, attempt, state, durationMs } = entity as Entity & {
    result?: { fraction: string } | null
    progress?: { completed: number }
  }
  switch (watched) {
    case 'expressions':
      return { status, result: result?.fraction ?? null, completed: progress?.completed }
    case 'tasks':
      return status === 'CANCELLED' ? { status } : { status, result: result?.fraction ?? null, attempt }
    case 'agents':
      return { state }
    case 'operations':
      return { durationMs }
    default:
      return watched satisfies never
  }
}

async function truthFor(cluster: Cluster, { watched, person, expressionId }: Observer): Promise<Truth> {
  switch (watched) {
    case 'expressions':
      return read(
        cluster,
        'Expression',
        `SELECT id, json_build_object('status', status, 'result', result, 'completed', completed_tasks) AS truth
           FROM expression WHERE owner_id = $1 ORDER BY id DESC LIMIT 50`,
        Buffer.from(person.userId, 'base64').toString().split(':')[1],
      )
    case 'tasks':
      return read(
        cluster,
        'Task',
        `SELECT expression_id || ':' || task AS id,
                json_build_object('status', 'SUCCEEDED', 'result', value, 'attempt', attempt) AS truth
           FROM task_result WHERE expression_id = $1`,
        expressionId,
      )
    case 'agents':
      return read(
        cluster,
        'Agent',
        `SELECT id, json_build_object('state', presence) AS truth FROM agent WHERE $1 = ''`,
        '',
      )
    case 'operations':
      return read(
        cluster,
        'Operation',
        // The ids of operators are from before operations had names.
        `SELECT coalesce($1::json ->> name, name) AS id, json_build_object('durationMs', duration_ms) AS truth FROM operation`,
        JSON.stringify({ '+': 'ADD', '-': 'SUBTRACT', '*': 'MULTIPLY', '/': 'DIVIDE', '^': 'POWER' }),
      )
    default:
      return watched satisfies never
  }
}

async function read(cluster: Cluster, type: string, sql: string, parameter: unknown): Promise<Truth> {
  const rows = await cluster.query<{ id: string; truth: Record<string, unknown> }>(sql, [parameter])
  return new Map(rows.map(({ id, truth }) => [Buffer.from(`${type}:${id}`).toString('base64'), truth]))
}
