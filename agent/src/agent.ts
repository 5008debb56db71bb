import { sleep } from './clock.ts'
import { retryDelayMs } from './connection/backoff.ts'
import { type Connection, openConnection } from './connection/connection.ts'
import type { ConnectionEnd } from './connection/connection-end.ts'
import type { ConnectionSettings } from './connection/dial.ts'
import type { Dependencies } from './dependencies.ts'
import type { Departure } from './session/departure.ts'
import { Session, type SessionSettings } from './session/session.ts'

export interface AgentSettings extends ConnectionSettings, SessionSettings {
  /** How long running tasks and unsent results are waited for after a stop. */
  readonly stopTimeoutMs: number
}

/**
 * Keeps the session connected until it ends: stopped, drained, refused or superseded. A connection that is lost otherwise is
 * made again, without end; the log tells of the first failure and of the success, not of each try.
 */
export async function runAgent(
  dependencies: Dependencies,
  settings: AgentSettings,
  stop: AbortSignal,
): Promise<Departure> {
  const { clock, random, log } = dependencies
  const { server, name, slots, timing } = settings
  const session = new Session(dependencies, settings)
  let failures = 0
  let reported = false

  function connect(): Connection {
    const connection = openConnection(clock, settings, session.input(), (event) => {
      if (event.__typename === 'AgentSessionOpened') {
        reported = false
        log.info({ name, slots, server }, 'connected')
      }
      session.receive(event)
    })
    session.attach(connection)
    return connection
  }

  function countLoss(reason: string, lastedMs: number): void {
    failures = lastedMs >= timing.stableAfterMs ? 1 : failures + 1
    log[reported ? 'debug' : 'warn']({ reason, server }, 'not connected; trying again until it works')
    reported = true
  }

  const onStop = () => session.stop(settings.stopTimeoutMs)
  if (stop.aborted) onStop()
  else stop.addEventListener('abort', onStop, { once: true })

  while (!session.departure) {
    const dialledAt = clock.now()
    const end = await connect().ended
    session.detach()
    const loss = lossOf(end, session)
    if (loss === undefined) break
    countLoss(loss, clock.now() - dialledAt)
    const delay = retryDelayMs(failures, { baseMs: timing.retryBaseMs, capMs: timing.retryCapMs }, random)
    await sleep(clock, delay, session.departed)
  }
  stop.removeEventListener('abort', onStop)
  if (!session.departure) throw new Error('The agent ended without a reason.')
  return session.departure
}

/** Why the connection was lost; undefined where its end is the end of the session. */
function lossOf(end: ConnectionEnd, session: Session): string | undefined {
  switch (end.kind) {
    case 'goodbye':
      return undefined
    case 'refused':
    case 'superseded':
    case 'suspended':
    case 'unsupported':
      session.depart(end)
      return undefined
    case 'lost':
      return end.message
    default:
      return end satisfies never
  }
}
