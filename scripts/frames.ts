/**
 * Takes the pictures of docs/page.md, from the built product in a browser: `npm run build && npx tsx scripts/frames.ts`. What they show is
 * computed while they are taken, so that no two runs give the same bytes.
 */
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { enter } from '../web/test/browser/support/account.ts'
import { startChromium } from '../web/test/browser/support/chromium.ts'
import { evaluateAndWatch, tasksShown } from '../web/test/browser/support/expressions.ts'
import { saveDurations, type Durations } from '../web/test/browser/support/operations.ts'
import { Reckon } from '../web/test/browser/support/reckon.ts'

const folder = fileURLToPath(new URL('../docs/frames/', import.meta.url))
const size = { width: 900, height: 1080 }
const longestBytes = 60_000
const account = { email: 'frames@example.com', password: 'correct horse battery' }

const reckon = await Reckon.start()
const browser = await startChromium()
try {
  await mkdir(folder, { recursive: true })
  const first = await arrive(0.55)
  await enter(first, 'register', account)
  await takeTyped(await first.newPage())
  // The more there is to tell apart the more a picture weighs.
  await takeKilled(await (await signedIn(0.46)).newPage())
  await takeLarge(await (await signedIn(0.29)).newPage())
} finally {
  await browser.close()
  await reckon.stop()
}

/** @param deviceScaleFactor of the pixels of the page: a strip is looked at as a whole */
function arrive(deviceScaleFactor: number): Promise<BrowserContext> {
  return browser.newContext({ baseURL: reckon.address, viewport: size, deviceScaleFactor, locale: 'en-US' })
}

async function signedIn(deviceScaleFactor: number): Promise<BrowserContext> {
  const context = await arrive(deviceScaleFactor)
  await enter(context, 'login', account)
  return context
}

/** From the source to the value. */
async function takeTyped(page: Page): Promise<void> {
  const ms = 4_000
  await compute(page, { Addition: ms, Subtraction: ms, Multiplication: ms, Division: ms }, '(1+2)*(3-4)/5')
  await take(page, 'small-1')
  await takeAt(page, { 'small-2': 50, 'small-3': 75, 'small-4': 100 })
}

async function takeLarge(page: Page): Promise<void> {
  await compute(page, { Addition: 10, Multiplication: 10 }, 'sum(k = 1..2500, k*k) + 1')
  for (const [place, percent] of [10, 40, 70, 100].entries()) {
    await hasComeTo(page, percent)
    await page.getByRole('tree').waitFor()
    await reveal(page, 'Operations')
    await take(page, `large-${place + 1}`)
  }
}

/** One of two agents is killed while all slots are busy; what it had goes to the other. */
async function takeKilled(page: Page): Promise<void> {
  await compute(page, { Multiplication: 6_000, Addition: 2_000 }, 'sum(k = 1..12, k*k)')
  await reveal(page, 'Operations')
  await hasRunning(page, 8)
  await take(page, 'killed-1')
  reckon.killAgent('agent-2')
  await hasRunning(page, 4)
  await take(page, 'killed-2')
  await takeAt(page, { 'killed-3': 50, 'killed-4': 100 })
}

async function compute(page: Page, durations: Durations, source: string): Promise<void> {
  await saveDurations(page, durations)
  await page.goto('/')
  await evaluateAndWatch(page, source)
}

async function reveal(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading, exact: true }).evaluate((element) => {
    window.scrollBy({ top: element.getBoundingClientRect().top - 80, behavior: 'instant' })
  })
}

/** As the title tells it. */
async function hasComeTo(page: Page, percent: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.title.startsWith('Succeeded') || Number.parseInt(document.title, 10) >= wanted,
    percent,
    { timeout: 300_000 },
  )
}

async function hasRunning(page: Page, count: number): Promise<void> {
  for (;;) if ((await tasksShown(page)).filter(({ status }) => status === 'Running').length === count) return
}

/** Each as soon as so many hundredths are computed. */
async function takeAt(page: Page, percents: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, percent] of Object.entries(percents)) {
    await hasComeTo(page, percent)
    await take(page, name)
  }
}

async function take(page: Page, name: string): Promise<void> {
  // What is drawn of a change is there with the next picture but one.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const file = path.join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  const { size: bytes } = await stat(file)
  if (bytes > longestBytes) throw new Error(`${name} has ${bytes} bytes, and may have ${longestBytes}`)
  console.log(name, bytes)
}
