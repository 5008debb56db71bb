import type { IncomingHttpHeaders } from 'node:http'
import { notFound, unauthenticated } from '../../domain/failure.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import { empty, json, refused, type Answer, type Headers } from '../answer.ts'
import { isFailure } from '../failure.ts'
import { preferredWait } from '../parameters.ts'
import type { Call } from '../route.ts'
import { resultText, showExpression } from './show.ts'
import { hasEnded, waitForEnd } from './waiting.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'

interface Wishes {
  readonly wait?: number | undefined
  readonly digits?: number | undefined
}

/** What is answered with an expression: its statuses as it has ended, and while it has not. */
interface Statuses {
  readonly ended: number
  readonly unfinished: number
  /** Whether something was done before the wait. */
  readonly isDone?: boolean
}

/** Answers with an expression, when it has ended or the time that the client waits is over. */
export async function answerWithExpression(
  call: Call<Wishes>,
  known: ExpressionView,
  statuses: Statuses,
  headers: Headers = {},
): Promise<Answer> {
  const preferred = preferredWait(call.headers.prefer)
  const seconds = call.query.wait ?? preferred
  const applied: Headers =
    call.query.wait === undefined && preferred !== undefined ? { 'Preference-Applied': `wait=${preferred}` } : {}
  const all = { ...headers, ...applied }
  if (seconds === undefined || seconds === 0 || hasEnded(known)) return show(call, known, statuses, all)

  const unfinished = { ...statuses, unfinished: 202 }
  const held = await call.hold()
  // A client that is refused sends it again: where something was done, that is told, as far as the client could be told of it before the wait.
  const instead = (failure: Parameters<typeof refused>[0]) =>
    statuses.isDone === true ? show(call, known, unfinished, all) : refused(failure)
  if (isFailure(held)) return instead(held)
  const { latest, heldEnd } = await waitForEnd(call.services, known, held, seconds * 1_000)
  if (heldEnd === 'tokenEnded') return instead(unauthenticated)
  if (latest === null) return refused(notFound('expression'))
  return show(call, latest, unfinished, all)
}

async function show(call: Call<Wishes>, view: ExpressionView, statuses: Statuses, headers: Headers): Promise<Answer> {
  const status = hasEnded(view) ? statuses.ended : statuses.unfinished
  const { digits } = call.query
  if (!wantsText(call.headers)) return json(status, await showExpression(call, view, digits), headers)
  switch (view.status) {
    case 'QUEUED':
    case 'RUNNING':
      return empty(202, headers)
    case 'SUCCEEDED':
      return { kind: 'text', status, text: await resultText(call, view.result ?? '', digits), headers }
    case 'FAILED': {
      const { code, message } = view.failure as unknown as StoredFailure
      return refused({ kind: 'NoResultError', code, message })
    }
    case 'CANCELLED':
      return refused({ kind: 'NoResultError', code: 'CANCELLED', message: 'The expression was cancelled.' })
    default:
      return view.status satisfies never
  }
}

/** Whether the result alone is asked for. A list of types, as browsers send, asks for what they show best. */
const wantsText = ({ accept = '' }: IncomingHttpHeaders) => /^\s*text\/plain\s*(;|$)/i.test(accept)
