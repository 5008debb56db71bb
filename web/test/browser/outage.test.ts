import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { enter } from './support/account.ts'
import { describePage, test } from './support/browser-test.ts'
import { startCarelessProxy } from './support/careless-proxy.ts'
import { findChromium } from './support/chromium.ts'
import {
  evaluate,
  evaluateAndWatch,
  evaluateButton,
  expressionField,
  expressionStatus,
  listedExpressions,
  tasksShown,
} from './support/expressions.ts'
import { sidewaysScrolling } from './support/looks.ts'

/** The word in the header for how the page's socket stands. */
const connection = async (page: Page) =>
  (await page.getByRole('banner').getByRole('status').innerText()).replace(/^Connection:\s*/, '')

test.skipIf(findChromium() === null)('a page whose socket is refused says why', async ({ reckon, browser, admin }) => {
  const proxy = await startCarelessProxy(reckon.address)
  onTestFinished(proxy.stop)
  const page = await browser.newPage({ baseURL: proxy.address })
  await enter(page.context(), 'login', admin)
  await page.goto('/')
  await page.getByRole('alert').getByText('A proxy in between has to pass on the Host header').waitFor()
  await expect.poll(() => connection(page)).toBe('Offline')
  await page.context().close()
})

describePage('while the server is away', () => {
  test('the page says so, and comes back by itself to an expression that lost nothing', async ({
    reckon,
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Multiplication: 300, Addition: 3000 })
    const watching = await arriveAsUser()
    const { page } = watching
    await expect.poll(() => connection(page)).toBe('Live')
    await evaluateAndWatch(page, '2*3 + 4*5')
    await expect.poll(() => tasksShown(page)).toMatchObject([{ result: '6' }, { result: '20' }, { status: 'Running' }])

    watching.expectOutage()
    await reckon.killServer()
    await expect.poll(() => connection(page)).toMatch(/^(Reconnecting|Offline)$/)
    // What was known stays in sight.
    expect(await expressionStatus(page).innerText()).toBe('Running')

    await reckon.startServer()
    await expect.poll(() => connection(page)).toBe('Live')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await expect.poll(() => page.getByRole('region', { name: 'Result' }).innerText()).toContain('= 26')
    // Its agent went on with it while the server was away: nothing was computed twice.
    // Its tasks come by a subscription of their own, which may be a moment behind.
    await expect.poll(async () => (await tasksShown(page)).map(({ attempt }) => attempt)).toEqual(['1', '1', '1'])
    expect(watching.requests.filter((request) => request === 'GET /')).toHaveLength(1)
  })

  test('an expression that is submitted is not lost and not computed twice: one presses Evaluate again', async ({
    reckon,
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Multiplication: 50 })
    const submitting = await arriveAsUser()
    const { page } = submitting
    await evaluate(page, '6*7')
    await expect.poll(() => listedExpressions(page).first().innerText()).toContain('= 42')

    submitting.expectOutage()
    await reckon.killServer()
    await expressionField(page).fill('6*8')
    await evaluateButton(page).click()
    await page.getByText('The server did not answer. Press Evaluate again').waitFor()
    expect(await expressionField(page).inputValue()).toBe('6*8')

    await reckon.startServer()
    await expect.poll(() => connection(page)).toBe('Live')
    await evaluateButton(page).click()
    await expect.poll(() => listedExpressions(page).first().innerText()).toContain('= 48')
    await expect.poll(() => listedExpressions(page).count()).toBe(2)
  })

  test('a section that is opened says that it does not come, and comes by itself', async ({ reckon, arriveAsUser }) => {
    const visitor = await arriveAsUser()
    const { page } = visitor
    await expect.poll(() => connection(page)).toBe('Live')
    visitor.expectOutage()
    await reckon.killServer()
    await page.getByRole('link', { name: 'Operations' }).click()
    await page.getByText('The server does not answer. The page comes by itself when it does.').waitFor()
    await reckon.startServer()
    await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor()
  })

  test('one can ask for the next try instead of waiting for it', async ({ reckon, arriveAsUser }) => {
    const waiting = await arriveAsUser()
    const { page } = waiting
    await page.clock.install()
    await page.reload()
    await expect.poll(() => connection(page)).toBe('Live')
    waiting.expectOutage()
    await reckon.killServer()
    await expect.poll(() => connection(page)).toBe('Offline')
    // From here on the page's timers stand still: it comes back by the button or not at all.
    // A moment ahead: the page's clock may be past ours by now, and does not go back.
    await page.clock.pauseAt(Date.now() + 1_000)
    await reckon.startServer()
    await page.getByText(/retry in \d+ s/).waitFor()
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await sidewaysScrolling(page)).toEqual([])
    await page.getByRole('button', { name: /^Retry/ }).click()
    await expect.poll(() => connection(page)).toBe('Live')
  })
})
