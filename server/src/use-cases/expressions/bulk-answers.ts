import type { Actor } from '../../domain/actor.ts'
import { notFound, type Failure } from '../../domain/failure.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { Services } from '../services.ts'
import { whomMaySee } from './access.ts'

/**
 * What became of one of many expressions: called in its turn it tells those who watch, and returns why it was not done, or null where it is.
 * Telling them all at once would keep the event loop.
 */
export type Answer = () => Failure | null

export type Answers = ReadonlyMap<string, Answer>

/** It is done, and nobody has to be told. */
export const done: Answer = () => null

export const failureOf = (outcome: object): Failure | null => ('kind' in outcome ? (outcome as Failure) : null)

/** Of rows to which it was done. */
export function answersOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  tell: (row: Row) => void,
): Map<string, Answer> {
  const answerOf = (row: Row) => () => {
    tell(row)
    return null
  }
  return new Map(rows.map((row) => [row.id, answerOf(row)]))
}

/** What is known of some that were not changed; null where each has to be tried by itself. */
export type Known = ReadonlyMap<string, Answer | null>

/** What is not known is not there, or none of the actor's business. */
export function explanations(ids: readonly string[], known: Known): Answers {
  const answers = new Map<string, Answer>()
  for (const id of ids) {
    const answer = known.has(id) ? known.get(id) : () => notFound('expression')
    if (answer) answers.set(id, answer)
  }
  return answers
}

export const triedAlone = (rows: readonly { readonly id: string }[]): Known => new Map(rows.map(({ id }) => [id, null]))

/** Of these, those that the actor may see. */
export async function visibleOf<Row extends { readonly ownerId: string }>(
  services: Services,
  actor: Actor,
  rows: readonly Row[],
): Promise<Row[]> {
  const maySee = whomMaySee(services, actor)
  const visible: Row[] = []
  for (const row of rows) if (await maySee(row.ownerId)) visible.push(row)
  return visible
}

/** The expressions of these ids that the actor may see, as they are now. */
export async function viewsOf(services: Services, actor: Actor, ids: readonly string[]): Promise<ExpressionView[]> {
  const views = await Promise.all(ids.map((id) => services.live.expressions.one(id)))
  return visibleOf(
    services,
    actor,
    views.filter((view) => view !== null),
  )
}
