import type { Actor } from '../../domain/actor.ts'
import { notFound, type NotFoundError } from '../../domain/failure.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { Services } from '../services.ts'
import { maySeeExpression } from './access.ts'

/** An expression that the actor may see. */
export async function readExpression(
  services: Services,
  actor: Actor,
  id: string,
): Promise<ExpressionView | NotFoundError> {
  const isThere = await maySeeExpression(services, actor, id)
  return (isThere ? await services.live.expressions.one(id) : null) ?? notFound('expression')
}
