import { findChromium } from '../../../web/test/browser/support/chromium.ts'
import { listBudget } from '../page/long-list.ts'
import type { PageWork } from '../page/frames.ts'
import { offered } from '../systems/offers.ts'
import type { Measurement, Scenario } from './scenario.ts'

const count = 100_000

/** What a long list costs the browser. */
export const list: Scenario = {
  name: 'list',
  description: `The page of a user with ${count} expressions, in Chromium without a graphics card: the time from the request to the first row, from End to the last row, from another filter to its rows; scrolling down for ten seconds as fast as rows come; and the memory that scripts hold after the first row and after scrolling.`,
  needs: 'startUp',
  lacks: () => (findChromium() === null ? 'a browser, since no Chromium was found (set CHROMIUM_PATH to one)' : null),
  async run({ system, ledger, workers }) {
    await workers.stop()
    if (findChromium() === null) return []
    const fresh = await ledger.orBroken(offered(system, 'startUp').start())
    const { firstRowMs, endMs, filterMs, scrolling, rowsPassed, heapMiB } = await listBudget(fresh, count)
    await fresh.stop()
    return [
      time('first row', firstRowMs),
      time('End, to the last row', endMs),
      time('another filter, to its rows', filterMs),
      ...workOf(scrolling),
      { metric: 'rows passed in ten seconds', unit: 'rows', value: rowsPassed, kind: 'primary' },
      { metric: 'memory of scripts, first row', unit: 'MiB', value: heapMiB.before, kind: 'resource' },
      { metric: 'memory of scripts, scrolled', unit: 'MiB', value: heapMiB.after, kind: 'resource' },
    ]
  },
}

const time = (metric: string, value: number): Measurement => ({ metric, unit: 'ms', value, kind: 'primary' })

const workOf = ({ longestTurnMs, pictures, seconds }: PageWork): Measurement[] => [
  { metric: 'longest turn, scrolling', unit: 'ms', value: longestTurnMs, kind: 'primary' },
  { metric: 'pictures a second, scrolling', unit: 'pictures/s', value: pictures / seconds, kind: 'primary' },
]
