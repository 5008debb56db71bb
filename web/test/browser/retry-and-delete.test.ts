import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test as pageTest } from './support/browser-test.ts'
import { evaluate, evaluateAndWatch, expressionStatus, listedExpressions, tasksShown } from './support/expressions.ts'
import { enter } from './support/account.ts'
import { findFlaws } from './support/looks.ts'
import { Reckon } from './support/reckon.ts'
import { seedExpressions } from './support/seed.ts'

/** One lost agent is enough for an expression to fail. */
const test = pageTest.extend('reckon', { scope: 'file' }, async ({}, { onCleanup }) => {
  const reckon = await Reckon.start({ MAX_ATTEMPTS: '1' })
  onCleanup(() => reckon.stop())
  return reckon
})

const retryButton = (page: Page): Locator => page.getByRole('button', { name: 'Retry' })
const deleteButton = (page: Page): Locator => page.getByRole('button', { name: 'Delete expression' })
const question = (page: Page): Locator => page.getByRole('group', { name: 'Delete expression' })
const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

describePage('an expression that failed because its attempts were spent', () => {
  test('tells when its operation was tried, and is retried to its result, all watching', async ({
    reckon,
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Power: 60_000, Addition: 50 })
    const user = await arriveAsUser()
    const { page } = user
    await evaluateAndWatch(page, '1+2+2^3')
    const power = async () => (await tasksShown(page)).find(({ operation }) => operation === '2^3')
    await expect.poll(async () => (await power())?.status).toBe('Running')
    await expect.poll(async () => (await tasksShown(page)).map(({ status }) => status)).toContain('Succeeded')
    expect(await retryButton(page).count()).toBe(0)
    reckon.killAgent((await power())!.agent)

    await expect.poll(() => expressionStatus(page).innerText()).toBe('Failed')
    const failedRow = page.getByRole('row').filter({ hasText: 'Failed' })
    await expect.poll(() => failedRow.innerText()).toMatch(/Failed\s+agent-\d\s+1\s+\d\d:\d\d:\d\d\.\d\s+\d\.\d s/)
    expect(await findFlaws(page)).toEqual([])

    const list = await user.openTab('/')
    await expect.poll(() => listedExpressions(list).first().innerText()).toContain('Failed')
    await setDurations({ Power: 50, Addition: 50 })
    await retryButton(page).click()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    expect(await page.getByRole('region', { name: 'Result' }).innerText()).toContain('= 11')
    await expect.poll(power).toMatchObject({ status: 'Succeeded', attempt: '2' })
    await expect.poll(() => listedExpressions(list).first().innerText()).toMatch(/= 11[^]*Succeeded/)
    expect(await retryButton(page).count()).toBe(0)
  })

  test('offers no retry where that would fail in the same way', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Subtraction: 20, Division: 20 })
    const { page } = await arriveAsUser()
    // Of numbers this long nobody knows beforehand that their difference is 0.
    await evaluateAndWatch(page, '1/(1e16-1e16)')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Failed')
    await expect
      .poll(() => page.getByRole('row').filter({ hasText: 'Failed' }).innerText())
      .toMatch(/\d\d:\d\d:\d\d\.\d\s+\d+ ms/)
    expect(await retryButton(page).count()).toBe(0)
    await deleteButton(page).waitFor()
  })
})

describePage('deleting an expression', () => {
  test('asks once more, and takes it from its page and from every list', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Power: 60_000 })
    const user = await arriveAsUser()
    const { page } = user
    await evaluate(page, '1')
    await evaluateAndWatch(page, '2^3')
    const list = await user.openTab('/')
    const other = await user.openTab(page.url())
    await expect.poll(() => listedExpressions(list).count()).toBe(2)
    await expressionStatus(other).waitFor()

    await deleteButton(page).click()
    expect(await question(page).innerText()).toContain('For an hour it can be brought back.')
    expect(await findFlaws(page)).toEqual([])
    const requestsBefore = user.requests.length
    await question(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('heading', { name: 'What shall be computed?' }).waitFor()
    for (const tab of [page, list])
      await expect.poll(() => listedExpressions(tab).allInnerTexts()).toEqual([expect.stringMatching(/^1\n/)])
    await other.getByRole('heading', { name: 'This expression was deleted' }).waitFor()
    // The others were told over their sockets; this one has gone to its list, and asks what it has missed of it.
    const asked = user.requests.slice(requestsBefore)
    expect(asked.filter((request) => !/^POST Expression(Page|Rows)$/.test(request))).toEqual(['POST DeleteExpression'])
    expect(asked.filter((request) => request === 'POST ExpressionPage')).toHaveLength(1)
    await page.reload()
    await expect.poll(() => listedExpressions(page).count()).toBe(1)
  })

  test('goes with the keyboard, which finds its way back where it is kept', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '40+2')
    await deleteButton(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => hasFocus(question(page).getByRole('button', { name: 'Keep' }))).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => hasFocus(deleteButton(page))).toBe(true)
    // Twice the same key deletes nothing.
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect.poll(() => hasFocus(deleteButton(page))).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+Tab')
    expect(await hasFocus(question(page).getByRole('button', { name: 'Delete', exact: true }))).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText('Nothing here yet').waitFor()
  })

  test('can be undone, and the expression seen again, of one that is not among the newest', async ({
    reckon,
    admin,
    arrive,
  }) => {
    const visitor = await arrive()
    const account = { ...admin, email: 'has-many@example.com' }
    await enter(visitor.context, 'register', account)
    await seedExpressions(reckon.databaseUrl, { email: account.email, count: 60 })
    const { page } = visitor
    await page.goto('/?order=oldest')
    await listedExpressions(page).getByRole('link', { name: '0+0', exact: true }).click()
    await expressionStatus(page).waitFor()
    await deleteButton(page).click()
    await question(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 expression is back.').waitFor()
    // Without a load of the page, which would begin with nothing in its cache.
    await page.getByRole('grid', { name: 'Expressions' }).focus()
    await page.keyboard.press('End')
    await listedExpressions(page).getByRole('link', { name: '0+0', exact: true }).click()
    await expressionStatus(page).waitFor()
  })

  test('can be undone in the list that one comes to', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '40+2')
    await deleteButton(page).click()
    await question(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('1 expression is deleted').waitFor()
    expect(await listedExpressions(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 expression is back.').waitFor()
    await expect.poll(() => listedExpressions(page).allInnerTexts()).toEqual([expect.stringContaining('40+2')])
    // What was done is told once: whoever comes again hears of it no more.
    await page.reload()
    await expect.poll(() => listedExpressions(page).count()).toBe(1)
    expect(await page.getByText('1 expression is deleted').count()).toBe(0)
  })
})
