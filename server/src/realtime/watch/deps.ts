import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Meter } from '../../metering/meter.ts'
import type { Database } from '../../store/database.ts'
import type { Announcer } from '../announcer.ts'
import { Registrations } from '../feed/registrations.ts'
import { TimeShare } from '../feed/time-share.ts'
import type { LiveState } from '../live-state.ts'
import type { Watchable } from '../local-signal.ts'

/** What those who watch something share. */
export interface WatchDeps {
  readonly database: Database
  readonly announcer: Announcer
  readonly state: LiveState
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
}

/** How often a feed shows changes: for a fifth of the time at most, after a second that is free. */
export const pacing = ({ clock, logger, meter }: WatchDeps) => ({
  ...{ pace: new TimeShare(clock, 0.2, 1_000), snapshotGapMs: 100, clock, logger, meter },
})

/** Where the other replicas are told what is watched. @param onLate looks for what one that learned of it late may have kept for itself */
export const registering = (what: Watchable, deps: WatchDeps, onLate: (id: string, forMs: number) => void) =>
  new Registrations(what, { ...deps, onLate })
