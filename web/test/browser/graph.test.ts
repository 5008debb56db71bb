import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionStatus } from './support/expressions.ts'
import { graph, pixels, source } from './support/graph.ts'
import { findFlaws } from './support/looks.ts'

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Selected operation' })
const row = (page: Page, number: number): Locator =>
  page.getByRole('button', { name: `Operation ${number}`, exact: true })
/** What a screen reader says of the node on which the keyboard stands. */
const spoken = (page: Page): Locator => graph(page).getByRole('treeitem')

const isPressed = (button: Locator) => button.getAttribute('aria-pressed')
const markedInSource = (page: Page) => source(page).locator('[data-active=selected]').allInnerTexts()

describePage('one operation in all views of an expression', () => {
  test('is selected in all of them at once, by whichever it is pointed at, and told about', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 20, Subtraction: 20, Multiplication: 20, Division: 20 })
    const { page } = await arriveAsUser()
    // What is written twice is computed once: both places are marked.
    await evaluateAndWatch(page, '(1+2)/(3-4)*(1+2)')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')

    await source(page).getByText('+', { exact: true }).last().click()
    await expect.poll(() => markedInSource(page)).toEqual(['+', '+'])
    expect(await isPressed(row(page, 1))).toBe('true')
    expect(await spoken(page).innerText()).toBe('Addition 1: 1 + 2 = 3, succeeded')
    await expect.poll(() => panel(page).innerText()).toMatch(/#1 Addition[^]*1 \+ 2[^]*Value[^]*3[^]*Agent[^]*agent-/)
    expect(await panel(page).innerText()).toContain('2 times in the source, computed once')

    await row(page, 2).click()
    await expect.poll(() => markedInSource(page)).toEqual(['-'])
    await expect.poll(() => panel(page).innerText()).toContain('= −1')
    expect(await findFlaws(page)).toEqual([])

    await panel(page).getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => panel(page).count()).toBe(0)
    expect(await markedInSource(page)).toEqual([])
  })

  test('is found in the graph by the pointer', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '40+2')
    await graph(page).scrollIntoViewIfNeeded()
    const box = await graph(page).boundingBox()
    if (!box) throw new Error('the graph is nowhere')
    for (let y = box.y + 10; y < box.y + box.height && (await panel(page).count()) === 0; y += 12)
      await page.mouse.move(box.x + box.width / 2, y)
    expect(await panel(page).innerText()).toMatch(/#1 Addition/)
    expect(await source(page).locator('[data-active=hovered]').allInnerTexts()).toEqual(['+'])
    await page.mouse.move(0, 0)
    await expect.poll(() => panel(page).count()).toBe(0)
  })

  test('says why it waits', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Power: 60_000, Addition: 20 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '2^3+1')
    await row(page, 2).click()
    await expect.poll(() => panel(page).innerText()).toContain('Waits for #1.')
  })
})

describePage('the table of operations', () => {
  test('stays where one has scrolled it while those before the selected one leave it', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Multiplication: 2_000, Addition: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, 'sum(k = 1..60, k*k)')
    const table = page.getByRole('region', { name: 'Table of operations' })
    const scrollTo = (top: number) => table.evaluate((frame, top) => frame.scrollTo({ top }), top)
    await page.getByText('Active', { exact: true }).click()
    const rows = async () => Number(await table.getByRole('table').getAttribute('aria-rowcount'))
    await expect.poll(rows).toBeGreaterThan(40)
    await scrollTo(10_000)
    await table
      .getByRole('button', { name: /^Operation/ })
      .last()
      .click()
    await panel(page).waitFor()
    await scrollTo(0)
    const before = await rows()
    await expect.poll(rows).toBeLessThan(before)
    expect(await table.evaluate((frame) => frame.scrollTop)).toBe(0)
  })
})

describePage('the graph with the keyboard alone', () => {
  test('is walked by arrow keys, node by node as it is spoken, and folded', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20, Subtraction: 20, Multiplication: 20, Division: 20 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '(1+2)*(3-4)/5')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await graph(page).focus()
    const press = async (key: string) => {
      await page.keyboard.press(key)
      const id = await graph(page).getAttribute('aria-activedescendant')
      return await page.locator(`[id="${id}"]`).innerText()
    }
    expect(await press('ArrowDown')).toMatch(/^Division 4/)
    expect(await press('ArrowDown')).toMatch(/^Multiplication 3/)
    expect(await press('ArrowDown')).toMatch(/^Addition 1/)
    expect(await press('ArrowRight')).toMatch(/^Subtraction 2: 3 − 4 = −1/)
    expect(await press('ArrowUp')).toMatch(/^Multiplication 3/)
    await page.keyboard.press('Enter')
    await expect.poll(() => spoken(page).getAttribute('aria-expanded')).toBe('false')
    expect(await press('ArrowDown')).toMatch(/^Multiplication 3/)
    await page.keyboard.press('Enter')
    expect(await press('ArrowDown')).toMatch(/^Addition 1/)
    expect(await markedInSource(page)).toEqual(['+'])

    // From operation to operation in the source too.
    await source(page).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => markedInSource(page)).toEqual(['*'])
  })
})

describePage('the source of an expression', () => {
  test('has values in the places of what has been computed, where one wants', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 20, Subtraction: 20, Division: 20, Multiplication: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '(1+2)*(3-4)')
    await expect.poll(() => page.getByRole('cell', { name: 'Succeeded' }).count()).toBe(2)
    await page.getByText('Values in place').click()
    await expect.poll(() => source(page).textContent()).toBe('3*−1')
    await page.getByText('Source', { exact: true }).click()
    await expect.poll(() => source(page).textContent()).toBe('(1+2)*(3-4)')
  })

  test('tells what a stretch of it comes to', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20, Subtraction: 20, Division: 20, Multiplication: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '(1+2)*(3-4)')
    await expect.poll(() => page.getByRole('cell', { name: 'Succeeded' }).count()).toBe(2)
    const mark = (start: number, end: number) =>
      source(page).evaluate(
        (element, { start, end }) => {
          const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
          const range = document.createRange()
          for (let at = 0, node = texts.nextNode(); node; node = texts.nextNode()) {
            const { length } = node.textContent ?? ''
            if (start >= at && start < at + length) range.setStart(node, start - at)
            if (end > at && end <= at + length) range.setEnd(node, end - at)
            at += length
          }
          document.getSelection()?.removeAllRanges()
          document.getSelection()?.addRange(range)
        },
        { start, end },
      )
    const told = page.locator('p[aria-live]')
    await mark(6, 11)
    await expect.poll(() => told.allInnerTexts()).toContain('(3-4) = −1')
    await mark(0, 11)
    await expect.poll(() => told.allInnerTexts()).toContain('Not computed yet')
    // No part of the expression: nothing is made up.
    await mark(3, 8)
    await expect.poll(async () => (await told.allInnerTexts()).join()).not.toMatch(/=|Not computed/)
  })
})

describePage('where colours are forced', () => {
  test('states are told apart without them', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20, Power: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2+2^3')
    await expect.poll(() => page.getByRole('cell', { name: 'Running' }).count()).toBe(1)
    await expect.poll(async () => (await pixels(page)).amber).toBeGreaterThan(20)
    await page.emulateMedia({ forcedColors: 'active' })
    await expect.poll(async () => (await pixels(page)).amber).toBe(0)
    expect((await pixels(page)).drawn).toBeGreaterThan(200)
    const looks = await source(page)
      .locator('[data-tone]')
      .evaluateAll((operators) =>
        operators.map((operator) => {
          const { textDecorationLine, textDecorationStyle, outlineStyle } = getComputedStyle(operator)
          return `${textDecorationLine} ${textDecorationStyle} ${outlineStyle}`
        }),
      )
    expect(new Set(looks).size).toBe(3)
  })
})

describePage('the graph of 5 000 operations', () => {
  test('is drawn without an element for each, and changes as they are computed', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 60_000, Multiplication: 60_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, 'sum(k = 1..1667, k * (k + 7))')
    await expect.poll(async () => (await pixels(page)).drawn).toBeGreaterThan(20_000)
    const legend = page.getByRole('list', { name: 'Operations by status' })
    await expect.poll(() => legend.innerText()).toMatch(/Waiting 3,3\d\d[^]*Running \d/)
    expect(await page.locator('body *').count()).toBeLessThan(1_500)
    expect(await spoken(page).innerText()).toMatch(/^(Addition|Subtraction) 5,000: #\d+ . .?#4999, waiting/)

    const { sum } = await pixels(page)
    await page.getByRole('group', { name: 'Graph' }).getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(async () => (await pixels(page)).sum).not.toBe(sum)
    await page.getByRole('group', { name: 'Graph' }).getByRole('button', { name: 'Fit' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Cancelled')
    await expect.poll(async () => (await pixels(page)).amber).toBe(0)
  })
})
