import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluate, evaluateAndWatch, expressionField, expressionStatus } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

describePage('by the keyboard', () => {
  test('one goes to all pages and fields, but not while one writes', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.getByRole('heading', { name: 'What shall be computed?' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.getByRole('heading', { name: 'Agents', exact: true }).waitFor()
    await page.keyboard.press('n')
    await expect.poll(() => expressionField(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('gcd(12, 8)/')
    expect(await expressionField(page).inputValue()).toBe('gcd(12, 8)/')
    await expressionField(page).blur()
    await page.keyboard.press('/')
    const search = page.getByRole('searchbox')
    await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await search.inputValue()).toBe('')
  })

  test('one finds commands and expressions in a palette that has the focus, and gives it back', async ({
    arriveAsUser,
  }) => {
    const { page } = await arriveAsUser()
    await evaluate(page, '12345+1')
    await expressionField(page).focus()
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await palette.getByRole('option', { name: /12345\+1/ }).waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
    expect(await expressionField(page).evaluate((field) => field === document.activeElement)).toBe(true)

    // So it does where the page takes it away: for the keys that it came by, and for a press beside it.
    for (const close of [() => page.keyboard.press('Control+k'), () => page.mouse.click(5, 5)]) {
      await page.keyboard.press('Control+k')
      await palette.waitFor()
      await close()
      await palette.waitFor({ state: 'detached' })
      expect(await expressionField(page).evaluate((field) => field === document.activeElement)).toBe(true)
    }

    await page.keyboard.press('Control+k')
    await palette.getByRole('option', { name: /12345\+1/ }).waitFor()
    await page.keyboard.type('12345')
    await page.keyboard.press('Enter')
    await expressionStatus(page).waitFor()
    await expect.poll(() => page.title()).toBe('Succeeded · 12345+1 · Reckon')
  })

  test('one sees all shortcuts, and turns those of single keys off', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.getByRole('heading', { name: 'What shall be computed?' }).waitFor()
    await page.keyboard.press('?')
    const overview = page.getByRole('dialog', { name: 'Shortcuts' })
    await overview.getByText('Go to agents').waitFor()
    await overview.getByLabel('Shortcuts without Ctrl').uncheck()
    await page.keyboard.press('Escape')
    await overview.waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    expect(await overview.count()).toBe(0)
  })

  test('a tab tells how far its expression has come', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20, Power: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2+2^3')
    await expect.poll(() => page.title()).toMatch(/^(0|33) % · 1\+2\+2\^3 · Reckon$/)
  })
})
