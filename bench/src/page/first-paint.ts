import { startChromium } from '../../../web/test/browser/support/chromium.ts'
import { median } from '../report/statistics.ts'

const visits = 5

/** Milliseconds from the request to the first contentful paint, by Chromium's own account: the median of visits with empty caches. */
export async function firstPaintMs(address: string): Promise<number> {
  const browser = await startChromium()
  try {
    const times: number[] = []
    while (times.length < visits) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(address)
      times.push(await page.evaluate<number>(paint))
      await context.close()
    }
    return median(times)
  } finally {
    await browser.close()
  }
}

/** Runs in the page, whose names this program's types do not know. */
const paint = `new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => {
    const [first] = list.getEntriesByName('first-contentful-paint')
    if (first) resolve(first.startTime)
  })
  observer.observe({ type: 'paint', buffered: true })
})`
