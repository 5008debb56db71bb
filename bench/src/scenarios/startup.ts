import { findChromium } from '../../../web/test/browser/support/chromium.ts'
import { firstPaintMs } from '../page/first-paint.ts'
import { loadFirstView } from '../page/first-view.ts'
import { offered } from '../systems/offers.ts'
import type { Measurement, Scenario } from './scenario.ts'

const painting = 'first contentful paint'

/** What somebody meets first. */
export const startup: Scenario = {
  name: 'startup',
  description: `\`npm start\` of what is installed and built once, on an empty folder, until it says that it is ready: its own look at the build, a new database, the server, two agents. The first view is the document with the scripts and styles that it names, each file compressed by itself, and as the server sends them. The ${painting} is the median of five visits with empty caches on this machine.`,
  needs: 'startUp',
  lacks: () => (findChromium() === null ? `${painting}, since no Chromium was found (set CHROMIUM_PATH to one)` : null),
  async run({ system, ledger, workers, now }) {
    await workers.stop()
    const start = now()
    const fresh = await ledger.orBroken(offered(system, 'startUp').start())
    const readySeconds = (now() - start) / 1_000
    const { gzipBytes, sentBytes } = await loadFirstView(fresh.address)
    const measurements: Measurement[] = [
      { metric: '`npm start` on an empty folder', unit: 's', value: readySeconds, kind: 'primary' },
      { metric: 'first view of the page, gzip', unit: 'kB', value: gzipBytes / 1_000, kind: 'primary' },
      { metric: 'first view of the page, as sent', unit: 'kB', value: sentBytes / 1_000, kind: 'primary' },
    ]
    if (findChromium() !== null)
      measurements.push({ metric: painting, unit: 'ms', value: await firstPaintMs(fresh.address), kind: 'primary' })
    await fresh.stop()
    return measurements
  },
}
