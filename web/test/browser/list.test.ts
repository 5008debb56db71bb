/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { agentCard } from './support/agents.ts'
import { enter } from './support/account.ts'
import { describePage, test as pageTest } from './support/browser-test.ts'
import { listedExpressions } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'
import { seedExpressions } from './support/seed.ts'
import type { Visitor } from './support/visitor.ts'

const many = 100_000
const account = { email: 'much@example.com', password: 'much to look through' }

/** Somebody who has submitted 100 000 expressions. */
const test = pageTest
  .extend('owner', { scope: 'file' }, async ({ reckon, browser, admin }) => {
    expect(admin.email).not.toBe(account.email)
    const context = await browser.newContext({ baseURL: reckon.address })
    await enter(context, 'register', account)
    await context.close()
    await seedExpressions(reckon.databaseUrl, { email: account.email, count: many, longestSource: 10_000 })
    return account
  })
  .extend('arriveAsOwner', ({ arrive, owner }) => async (path: string): Promise<Visitor> => {
    const visitor = await arrive()
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await enter(visitor.context, 'login', owner)
    await visitor.page.goto(path)
    await listedExpressions(visitor.page).first().waitFor()
    return visitor
  })

/** Ten of them, by an index: of 100 000 a text alone is looked for through all. */
const few = (thousands: number) => `/?took=..10&order=shortest&q=${thousands}00`

const grid = (page: Page) => page.getByRole('grid', { name: 'Expressions' })
const sources = (page: Page) => listedExpressions(page).getByRole('link').allInnerTexts()
const firstSource = async (page: Page) => (await sources(page))[0]
const said = (page: Page) => page.getByRole('status').allInnerTexts()
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
/** The row at which the keyboard is. */
const active = (page: Page) =>
  grid(page).evaluate((element) => {
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    return row?.querySelector('a')?.textContent
  })

// The first to come waits until there are so many.
describePage('a list of 100 000 expressions', { timeout: 240_000 }, () => {
  test('holds few rows, is gone through by the keyboard, and tells where one is', async ({ arriveAsOwner }) => {
    const { page } = await arriveAsOwner('/')
    await expect.poll(() => said(page)).toContain('More than 10,000 expressions')
    await grid(page).focus()
    expect(await active(page)).toBe('99999+99999')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageUp')
    expect(await active(page)).toBe('99998+99998')
    // A press at the last row that has come goes nowhere until more have come.
    const below = async () => {
      await page.keyboard.press('PageDown')
      return Number.parseInt((await active(page)) ?? '')
    }
    await expect.poll(below).toBeLessThan(99_700)
    expect(await listedExpressions(page).count()).toBeLessThan(50)

    await page.keyboard.press('End')
    await expect.poll(() => active(page)).toMatch(/^0\+/)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => active(page)).toBe('1+1')
    expect(await listedExpressions(page).count()).toBeLessThan(50)
    await page.keyboard.press('Home')
    await expect.poll(() => active(page)).toBe('99999+99999')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title()).toContain('99999+99999')
  })

  test('stands where it was when one comes back to it from one of its expressions', async ({ arriveAsOwner }) => {
    const { page } = await arriveAsOwner('/')
    await grid(page).focus()
    for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press('PageDown')
    // Some screens down, and at the end of all.
    for (const [key, source] of [
      ['ArrowUp', /^99[0-8]\d\d\+/],
      ['End', /^0\+/],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => active(page)).toMatch(source)
      await page.keyboard.press('ArrowUp')
      const link = grid(page).getByRole('link', { name: (await active(page)) ?? '', exact: true })
      const stood = await link.boundingBox()
      await page.keyboard.press('Enter')
      await expect.poll(() => grid(page).count()).toBe(0)
      await page.goBack()
      await expect.poll(() => link.boundingBox()).toEqual(stood)
      await grid(page).focus()
    }
  })

  test('is filtered by all that there is, which the address keeps, and each is taken off', async ({
    arriveAsOwner,
  }) => {
    const { page } = await arriveAsOwner('/')
    await page.getByLabel('Duration').selectOption('Up to a second')
    await page.getByLabel('Order').selectOption('Shortest first')
    await page.getByRole('searchbox', { name: 'Search in sources' }).fill('5500')
    await expect.poll(() => firstSource(page)).toMatch(/^55000\+1\+1/)
    await page.getByText('Failed', { exact: true }).first().click()
    await expect.poll(() => firstSource(page)).toBe('55007+55007')
    expect(new URL(page.url()).search).toBe('?status=failed&q=5500&took=..1000&order=shortest')
    await page.getByLabel('Submitted').selectOption('Today')
    await page.getByText('None of your expressions matches').waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.reload()
    await page.getByText('None of your expressions matches').waitFor()
    await page.getByRole('button', { name: 'Take off: Today' }).click()
    await expect.poll(() => firstSource(page)).toBe('55007+55007')
    await page.getByRole('button', { name: 'Take all off' }).click()
    await page.getByLabel('Order').selectOption('Longest first')
    await expect.poll(() => firstSource(page)).toBe('99999+99999')
    expect(new URL(page.url()).search).toBe('?order=longest')
  })

  test('has rows selected one by one, in ranges and all, to delete and to bring back', async ({ arriveAsOwner }) => {
    const { page, requests } = await arriveAsOwner(few(90))
    await expect.poll(() => said(page)).toContain('10 match')
    await grid(page).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => said(page)).toContain('3 selected')
    await listedExpressions(page).nth(4).getByRole('checkbox').click()
    await expect.poll(() => said(page)).toContain('4 selected')
    expect(await findFlaws(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })
    await grid(page).focus()
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await said(page)).join()).toContain('4 expressions are deleted')
    await expect.poll(() => listedExpressions(page).count()).toBe(6)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => listedExpressions(page).count()).toBe(10)
    expect(requests.filter((request) => request.endsWith('DeleteExpressions'))).toHaveLength(1)
    await page.keyboard.press('Escape')
  })

  test('has all that match deleted and brought back, also those that nobody has looked at', async ({
    arriveAsOwner,
  }) => {
    const { page } = await arriveAsOwner('/?status=failed&date=7d&took=..1000')
    await expect.poll(() => said(page)).toContainEqual(expect.stringMatching(/^[\d,]+ match$/))
    const count = (await said(page)).find((text) => text.endsWith(' match'))!
    const number = count.replace(' match', '')
    await grid(page).focus()
    await page.keyboard.press('Control+a')
    await expect.poll(() => said(page)).toContain(`All ${number} selected`)
    await bar(page).getByRole('button', { name: 'Delete' }).click()
    await expect
      .poll(async () => (await said(page)).join('; '), { timeout: 45_000 })
      .toContain(`${number} expressions are deleted`)
    await page.getByText('None of your expressions matches').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => said(page), { timeout: 45_000 }).toContain(count)
  })

  test('takes back what is refused half-way, and says so', async ({ arriveAsOwner }) => {
    const visitor = await arriveAsOwner('/?status=cancelled&date=7d')
    const { page, context } = visitor
    await expect.poll(() => said(page)).toContainEqual(expect.stringMatching(/^[\d,]+ match$/))
    const before = (await said(page)).find((text) => text.endsWith(' match'))!
    visitor.expectOutage()
    let calls = 0
    await context.route('/graphql', (route, request) =>
      request.postData()?.includes('mutation DeleteExpressions') === true && ++calls > 1
        ? route.abort('connectionrefused')
        : route.continue(),
    )
    await grid(page).focus()
    await page.keyboard.press('Control+a')
    await bar(page).getByRole('button', { name: 'Delete' }).click()
    await expect
      .poll(async () => (await said(page)).join('; '), { timeout: 45_000 })
      .toMatch(/500 expressions are deleted.*The server did not answer; the rest is as it was/)
    const left = Number(before.replace(/\D/g, '')) - 500
    await expect.poll(() => said(page)).toContain(`${left} match`)
  })

  test('shows at once what another tab deletes and brings back', async ({ arriveAsOwner }) => {
    const first = await arriveAsOwner(few(85))
    const other = await first.openTab(few(85))
    for (const tab of [first.page, other]) await expect.poll(() => listedExpressions(tab).count()).toBe(10)
    await grid(other).focus()
    await other.keyboard.press('Delete')
    await expect.poll(() => listedExpressions(first.page).count()).toBe(9)
    await other.getByRole('button', { name: 'Undo' }).click()
    for (const tab of [first.page, other]) await expect.poll(() => listedExpressions(tab).count()).toBe(10)
  })

  test('is copied and downloaded, a row, a selection and all that match', async ({ arriveAsOwner }) => {
    const { page } = await arriveAsOwner(few(70))
    await expect.poll(() => said(page)).toContain('10 match')
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await listedExpressions(page)
      .first()
      .getByRole('button', { name: /^Actions for/ })
      .click()
    expect(await findFlaws(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })
    await listedExpressions(page).nth(1).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy as fraction' }).click()
    await expect.poll(clipboard).toBe('140002')
    await page.keyboard.press('Control+a')
    const download = page.waitForEvent('download')
    await bar(page).getByRole('button', { name: 'Download' }).click()
    await page.keyboard.press('Enter')
    const file = await download
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n')
    expect(file.suggestedFilename()).toBe('expressions.csv')
    expect(lines[0]).toMatch(/^id,source,status,decimal,fraction/)
    expect(lines[1]?.length).toBeGreaterThan(10_000)
    expect(lines[2]).toContain(',70001+70001,SUCCEEDED,140002,140002,')
    expect(lines).toHaveLength(12)
  })
})

describePage('an agent that is drained by mistake', () => {
  test('stays when the admin takes it back, and the focus goes along', async ({ setDurations, arriveAsAdmin }) => {
    await setDurations({ Addition: 20_000 })
    const visitor = await arriveAsAdmin()
    const { page } = visitor
    // Something that both agents hold, so that none leaves at once.
    const list = await visitor.openTab('/')
    await list
      .getByRole('textbox', { name: 'Expression' })
      .fill(Array.from({ length: 8 }, (_, place) => `(${place}.5+${place})`).join('*'))
    await list.getByRole('button', { name: 'Evaluate' }).click()
    await page.getByRole('link', { name: 'Agents' }).click()
    const card = agentCard(page, 'agent-1')
    await expect.poll(() => card.innerText()).toContain('4 of 4 busy')
    await card.getByRole('button', { name: 'Drain agent-1' }).click()
    await card.getByRole('button', { name: 'Drain', exact: true }).click()
    await expect.poll(() => card.innerText()).toContain('Draining')
    const stay = card.getByRole('button', { name: 'Stop draining agent-1' })
    await expect.poll(() => stay.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => card.innerText()).toContain('Online')
    const drain = card.getByRole('button', { name: 'Drain agent-1' })
    await expect.poll(() => drain.evaluate((element) => element === document.activeElement)).toBe(true)
    // It has finished what it held, and is still there.
    await expect.poll(() => card.innerText(), { timeout: 60_000 }).toContain('0 of 4 busy')
    expect(await card.innerText()).toContain('Online')
  })
})
