import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionField, expressionStatus } from './support/expressions.ts'

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

/** Presses Tab until the element has the focus. Each stop on the way must be one that can be seen. */
async function tabTo(page: Page, target: Locator, atMost = 20): Promise<void> {
  await target.waitFor()
  for (let stops = 0; stops < atMost; stops += 1) {
    await page.keyboard.press('Tab')
    expect(await isFocusSeen(page)).toBe(true)
    if (await hasFocus(target)) return
  }
  throw new Error(`${target} is not among the next ${atMost} stops`)
}

/** Whether the element with the focus, or what stands for it, shows that it has the focus. */
const isFocusSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const outlined = document.querySelectorAll(':focus, :focus-within, :focus + *')
    return [...outlined].some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
    })
  })

describePage('with the keyboard alone', () => {
  test('one signs in, submits an expression, opens it and reads its result', async ({
    arrive,
    admin,
    setDurations,
  }) => {
    await setDurations({ Multiplication: 50, Addition: 50 })
    const { page } = await arrive()
    await page.goto('/sign-in')
    await expect.poll(() => hasFocus(page.getByLabel('Email'))).toBe(true)
    await page.keyboard.type(admin.email)
    await tabTo(page, page.getByLabel('Password'))
    await page.keyboard.type(admin.password)
    await page.keyboard.press('Enter')

    await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1 }))).toBe(true)
    await tabTo(page, expressionField(page))
    await page.keyboard.type('2+2*2')
    await page.keyboard.press('Enter')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    expect(await page.getByRole('region', { name: 'Result' }).innerText()).toContain('= 6')
    await tabTo(page, page.getByRole('button', { name: 'Copy decimal' }))
    await tabTo(page, page.getByRole('region', { name: 'Table of operations' }))
  })

  test('one types an expression without looking for its field, on arrival and after other pages', async ({
    arriveAsUser,
  }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).waitFor()
    expect(await hasFocus(expressionField(page))).toBe(false)
    await page.keyboard.type('(1+2)*3')
    expect(await expressionField(page).inputValue()).toBe('(1+2)*3')

    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Agents', exact: true }).press('Enter')
    await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name: 'Agents' }))).toBe(true)
    await page.keyboard.type('7')
    await page.getByRole('link', { name: 'Expressions', exact: true }).press('Enter')
    await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1 }))).toBe(true)
    await expect.poll(() => expressionField(page).inputValue()).toBe('(1+2)*3')
    await page.keyboard.type('-4')
    expect(await expressionField(page).inputValue()).toBe('(1+2)*3-4')
  })

  test('one mends a mistake, and is back in the field', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await tabTo(page, expressionField(page))
    await page.keyboard.type('2(3+4)')
    await tabTo(page, page.getByRole('button', { name: 'Use 2*(3+4)' }))
    await page.keyboard.press('Enter')
    expect(await hasFocus(expressionField(page))).toBe(true)
    expect(await expressionField(page).inputValue()).toBe('2*(3+4)')
  })

  test('one goes to another page and is at its heading; what one was writing waits', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).fill('1+2*')
    for (const name of ['Operations', 'Agents']) {
      await page.getByRole('link', { name, exact: true }).press('Enter')
      await expect.poll(() => hasFocus(page.getByRole('heading', { level: 1, name }))).toBe(true)
    }
    await page.getByRole('link', { name: 'Expressions', exact: true }).press('Enter')
    await expect.poll(() => expressionField(page).inputValue()).toBe('1+2*')
  })

  test('one cancels an expression, and is still in the part of the page where the button was', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Power: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '2^3')
    await page.getByRole('button', { name: 'Cancel', exact: true }).press('Enter')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Cancelled')
    expect(await hasFocus(page.getByRole('region', { name: 'Expression', exact: true }))).toBe(true)
  })

  test('one skips what is the same on every page', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).waitFor()
    await page.keyboard.press('Tab')
    expect(await hasFocus(page.getByRole('link', { name: 'Skip to content' }))).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await hasFocus(expressionField(page))).toBe(true)
  })

  test('one opens the menu of the account, leaves it with Escape, and signs out by it', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    const account = page.getByRole('button', { name: /^Account of/ })
    const signOut = page.getByRole('button', { name: 'Sign out' })
    await tabTo(page, account)
    await page.keyboard.press('Enter')
    await signOut.waitFor()
    await page.keyboard.press('Escape')
    await signOut.waitFor({ state: 'hidden' })
    await expect.poll(() => hasFocus(account)).toBe(true)
    await page.keyboard.press('Enter')
    await signOut.waitFor()
    await tabTo(page, signOut, 3)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Watch a calculation happen' }).waitFor()
  })
})
