import { findChromium } from '../../../web/test/browser/support/chromium.ts'
import { frameBudget, type PageWork } from '../page/frames.ts'
import { offered } from '../systems/offers.ts'
import type { Measurement, Scenario } from './scenario.ts'

/** Some 5 000 operations in a short source. */
const source = 'sum(k = 1..1667, k * (k + 7))'

/** What watching a large expression costs the browser. */
export const page: Scenario = {
  name: 'page',
  description: `The page of an expression of 5 000 operations of 40 ms on the eight slots of \`npm start\`, in Chromium without a graphics card: opened anew, and then watched for eight seconds. A turn is how long the page's main thread answers nobody, in its processor's time, so that a busy machine changes little; pictures count by the clock.`,
  needs: 'startUp',
  lacks: () => (findChromium() === null ? 'a browser, since no Chromium was found (set CHROMIUM_PATH to one)' : null),
  async run({ system, ledger, workers }) {
    await workers.stop()
    if (findChromium() === null) return []
    const fresh = await ledger.orBroken(offered(system, 'startUp').start())
    const { loading, running } = await frameBudget(fresh.address, source)
    await fresh.stop()
    return [
      ...workOf('loading', loading),
      ...workOf('running', running),
      {
        metric: 'pictures a second, running',
        unit: 'pictures/s',
        value: running.pictures / running.seconds,
        kind: 'primary',
      },
    ]
  },
}

const workOf = (name: string, { longestTurnMs, cpuMs }: PageWork): Measurement[] => [
  { metric: `longest turn, ${name}`, unit: 'ms', value: longestTurnMs, kind: 'primary' },
  { metric: `CPU of the main thread, ${name}`, unit: 'ms', value: cpuMs, kind: 'resource' },
]
