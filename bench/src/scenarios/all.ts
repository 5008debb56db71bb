import { backlog } from './backlog.ts'
import { efficiency } from './efficiency.ts'
import { latency } from './latency.ts'
import type { Scenario } from './scenario.ts'
import { list } from './list.ts'
import { page } from './page.ts'
import { startup } from './startup.ts'
import { throughput } from './throughput.ts'
import { watching } from './watching.ts'

/** In the order in which they run on one system; the last leave work behind. */
export const scenarios: readonly Scenario[] = [
  throughput(10),
  throughput(50),
  latency,
  efficiency,
  watching,
  startup,
  page,
  list,
  backlog(10_000),
  backlog(200_000),
]
