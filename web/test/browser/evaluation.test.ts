import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { onlineAgents } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import {
  evaluate,
  evaluateAndWatch,
  evaluateButton,
  expressionField,
  expressionStatus,
  listedExpressions,
  readSeconds,
  stayHere,
  tasksShown,
} from './support/expressions.ts'

const statuses = async (page: Page) => (await tasksShown(page)).map(({ operation, status }) => `${operation} ${status}`)

/** How many operations the graph says are in each status. */
async function graphShown(page: Page): Promise<Record<string, number>> {
  const legend = await page.getByRole('list', { name: 'Operations by status' }).innerText()
  const count = (word: string) => Number(new RegExp(`${word} (\\d+)`).exec(legend)?.[1] ?? 0)
  return { waiting: count('Waiting'), running: count('Running'), succeeded: count('Succeeded') }
}

describePage('evaluating an expression', () => {
  test('lights up each operation as it happens and ends in the exact result, in the time of the critical path', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 2000, Subtraction: 2000, Multiplication: 1000, Division: 1000 })
    const { page } = await arriveAsUser()
    await page.goto('/agents')
    await expect.poll(() => onlineAgents(page)).toBe(2)
    await page.goto('/')

    await evaluateAndWatch(page, '(1+2)*(3-4)/5')
    const plan = page.getByRole('region', { name: 'Plan' })
    expect(await plan.innerText()).toMatch(/Operations\s+4\s+Depth\s+3\s+At best\s+4.0 s\s+On one slot\s+6.0 s/)
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Running')

    // Operands first, both at once.
    await expect.poll(() => statuses(page)).toEqual(['1+2 Running', '3−4 Running', '#1×#2 Waiting', '#3÷5 Waiting'])
    await expect.poll(() => graphShown(page)).toEqual({ waiting: 2, running: 2, succeeded: 0 })
    await expect.poll(() => statuses(page)).toEqual(['1+2 Succeeded', '3−4 Succeeded', '3×−1 Running', '#3÷5 Waiting'])
    await expect.poll(() => graphShown(page)).toEqual({ waiting: 1, running: 1, succeeded: 2 })
    await expect
      .poll(() => statuses(page))
      .toEqual(['1+2 Succeeded', '3−4 Succeeded', '3×−1 Succeeded', '−3÷5 Running'])
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    // It ran by the durations of its time, of which those of later say nothing.
    await expect.poll(() => plan.innerText()).not.toContain('At best')
    await expect.poll(() => graphShown(page)).toEqual({ waiting: 0, running: 0, succeeded: 4 })

    const result = await page.getByRole('region', { name: 'Result' }).innerText()
    expect(result).toMatch(/Decimal\s+= −0.6\s[^]*Fraction\s+= −3\/5/)
    // Two seconds each, where two were computed at the same time; more on a busy machine.
    expect(await readSeconds(page, /took ([\d.]+) s/)).toBeGreaterThanOrEqual(4)
  })

  test('is flown into as it is submitted, its tree there at once, unless one stays on the form', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 2_000, Power: 2_000 })
    const { page, requests } = await arriveAsUser()
    await expressionField(page).fill('1+2+3^2')
    // What would flash is seen by whoever looks at each frame.
    await page.evaluate(() => {
      const seen = { skeletons: 0, pages: 0 }
      Object.assign(globalThis, { seen })
      requestAnimationFrame(function look() {
        const isThere = location.pathname.startsWith('/expressions/')
        if (isThere) seen.pages += 1
        if (isThere && document.querySelector('main [class*=skeleton]')) seen.skeletons += 1
        requestAnimationFrame(look)
      })
    })
    await page.keyboard.press('Enter')
    await page.getByRole('tree').waitFor()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Running')
    const seen = await page.evaluate(
      () => (globalThis as unknown as { seen: { skeletons: number; pages: number } }).seen,
    )
    expect(seen.pages).toBeGreaterThan(0)
    expect(seen.skeletons).toBe(0)
    expect(requests.filter((request) => request === 'POST SubmitExpression')).toHaveLength(1)

    await page.goBack()
    await expect.poll(() => expressionField(page).inputValue()).toBe('')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor()
    await page.keyboard.type('stay on the form')
    await page.keyboard.press('Enter')
    await expect.poll(() => stayHere(page).isChecked()).toBe(true)
    await page.reload()
    await expressionField(page).fill('2+2')
    await evaluateButton(page).click()
    await page.getByText('Submitted.').waitFor()
    await expect.poll(() => listedExpressions(page).count()).toBe(2)
    expect(new URL(page.url()).pathname).toBe('/')
  })

  test('shows the result in the list too, as soon as it is there', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 300, Division: 300 })
    const { page } = await arriveAsUser()
    await evaluate(page, '1/3 + 1/6')
    await expect.poll(() => listedExpressions(page).first().innerText()).toMatch(/Running/)
    await expect.poll(() => listedExpressions(page).first().innerText()).toMatch(/= 0.5[^]*Succeeded/)
  })

  test('fails on a division by zero with the reason, and marks the operator', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 50, Subtraction: 50, Division: 50 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '8/2 + 1/(3-3)')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Failed')
    expect(await page.getByRole('alert').innerText()).toMatch(/^Division by zero: /)
    // The second division of the source, and not the first.
    const source = page.getByRole('region', { name: 'Source', exact: true })
    await expect.poll(() => source.locator('[data-failure]').allInnerTexts()).toEqual(['/'])
    const marked = await source.evaluate((element) => {
      const range = document.createRange()
      range.setStart(element, 0)
      range.setEndBefore(element.querySelector('[data-failure]')!)
      return range.toString()
    })
    expect(marked).toBe('8/2 + 1')
    // It is bound to fail, so that nothing was computed for it.
    await expect
      .poll(() => statuses(page))
      .toEqual(['8÷2 Cancelled', '3−3 Cancelled', '1÷#2 Failed', '#1+#3 Cancelled'])
  })

  test('can be cancelled while it runs', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Power: 60_000, Addition: 50 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2+2^3')
    await expect.poll(() => statuses(page)).toContain('2^3 Running')
    const cancel = page.getByRole('button', { name: 'Cancel' })
    await cancel.click()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Cancelled')
    await expect.poll(() => statuses(page)).toContain('2^3 Cancelled')
    await expect.poll(() => cancel.count()).toBe(0)

    await page.getByRole('link', { name: '← Expressions' }).click()
    await expect.poll(() => listedExpressions(page).first().innerText()).toMatch(/No result[^]*Cancelled/)
  })

  test('is nobody else’s to see, neither listed nor by its address', async ({ arriveAsUser }) => {
    const owner = (await arriveAsUser()).page
    await evaluateAndWatch(owner, '40+2')
    const stranger = (await arriveAsUser()).page
    await stranger.getByText('Nothing here yet').waitFor()
    await stranger.goto(owner.url())
    await stranger.getByRole('heading', { name: 'There is no such expression' }).waitFor()
    expect(await stranger.getByText('40+2').count()).toBe(0)

    // The address is right: its owner comes back by it.
    await owner.goto(owner.url())
    await expressionStatus(owner).waitFor()
  })

  test('is not found at an address that is mistyped', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.goto('/expressions/mistyped')
    await page.getByRole('heading', { name: 'There is no such expression' }).waitFor()
  })

  test('gives more digits when they are asked for again, after the network has lost them', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Power: 50, Division: 50 })
    const user = await arriveAsUser()
    const { page } = user
    await evaluateAndWatch(page, '2^900/3^900')
    user.expectOutage()
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('MoreDigits') ? route.abort('connectionrefused') : route.continue(),
    )
    await page.getByRole('button', { name: 'Show 1,000 digits' }).click()
    await page.getByText('Could not reach the server.').waitFor()
    await page.unroute('**/graphql')
    await page.getByRole('button', { name: 'Show 1,000 digits' }).click()
    await page.getByRole('region', { name: '1,000 digits' }).waitFor()
  })
})
