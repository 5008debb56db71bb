import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluate, evaluateButton, expressionField, listedExpressions, stayHere } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

/** What the field is described by: the text under it, which screen readers read with it. */
async function feedback(page: Page): Promise<string> {
  const id = await expressionField(page).getAttribute('aria-describedby')
  return await page.locator(`[id="${id}"]`).innerText()
}

/** The text that is underlined in the field. It is drawn behind the field, hidden from screen readers. */
const marked = (page: Page) => page.locator('form mark')

const isInvalid = async (page: Page) => (await expressionField(page).getAttribute('aria-invalid')) === 'true'

describePage('writing an expression', () => {
  test('shows what its plan will be before it is submitted', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).fill('(1+2)*(3-4)/5')
    await expect.poll(() => feedback(page)).toMatch(/4 operations\s+depth 3\s+\S+ m?s at best/)
    expect(await isInvalid(page)).toBe(false)

    await expressionField(page).fill('1+2+3+4')
    await expect.poll(() => feedback(page)).toContain('regrouped as')
    await page.getByRole('checkbox', { name: 'Regroup chains' }).uncheck()
    await expect.poll(() => feedback(page)).toMatch(/3 operations\s+depth 3/)

    await expressionField(page).fill('42')
    await expect.poll(() => feedback(page)).toBe('A number: nothing to compute.')
  })

  test('draws the tree that it was read as, which stays in its place while one goes on', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    const kinds = page.getByRole('list', { name: 'Operations by kind' }).getByRole('listitem')
    const tree = page.getByRole('img', { name: /^Read as / })
    await expressionField(page).fill('x = 2^64; (x+1)*(x-1)+1')
    await expect.poll(() => tree.getAttribute('aria-label')).toBe('Read as t1 = 2^64; (t1+1)*(t1-1)+1')
    expect((await kinds.allInnerTexts()).map((kind) => kind.replace(/\s+/g, ' '))).toEqual([
      '+ Addition 2',
      '^ Power 1',
      '− Subtraction 1',
      '× Multiplication 1',
    ])
    expect(await findFlaws(page)).toEqual([])

    await page.setViewportSize({ width: 1280, height: 800 })
    const height = async () => (await page.locator('form').boundingBox())?.height
    const before = await height()
    await expressionField(page).press('End')
    await expressionField(page).pressSequentially('+')
    await expect.poll(() => isInvalid(page)).toBe(true)
    expect(await tree.count()).toBe(1)
    expect(await height()).toBe(before)

    await expressionField(page).fill('sum(k = 1..40, k)')
    await page.getByText('Too many operations to draw here.').waitFor()
    await expressionField(page).fill('')
    await expect.poll(() => kinds.count()).toBe(0)
  })

  test('marks the mistake while one types, says what to do, and mends it in one click', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).pressSequentially('2(1+2')
    await expect.poll(() => feedback(page)).toContain('Character 2: Write an operator, such as *, between 2 and (.')
    expect(await marked(page).innerText()).toBe('(')
    expect(await isInvalid(page)).toBe(true)

    await page.getByRole('button', { name: 'Use 2*(1+2)' }).click()
    expect(await expressionField(page).inputValue()).toBe('2*(1+2)')
    await expect.poll(() => feedback(page)).toMatch(/2 operations/)
    expect(await marked(page).count()).toBe(0)
    expect(await isInvalid(page)).toBe(false)
    // One goes on typing where one was.
    expect(await expressionField(page).evaluate((field) => field === document.activeElement)).toBe(true)
  })

  test('marks the underlined text exactly where it stands in the field', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).fill('12 + 34 % 5')
    await expect.poll(() => marked(page).count()).toBe(1)
    const places = await expressionField(page).evaluate((field) => {
      const mark = document.querySelector('form mark')!.getBoundingClientRect()
      const { font, paddingLeft } = getComputedStyle(field)
      const canvas = document.createElement('canvas').getContext('2d')!
      canvas.font = font
      const before = field.getBoundingClientRect().left + parseFloat(paddingLeft) + canvas.measureText('12 + 34 ').width
      return { before, mark: mark.left }
    })
    expect(Math.abs(places.mark - places.before)).toBeLessThan(1)
  })

  test('takes a decimal comma for a mistake and offers the point', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await expressionField(page).fill('1,5')
    await expect.poll(() => feedback(page)).toContain('Use . for decimals')
    expect(await marked(page).innerText()).toBe(',')
    await page.getByRole('button', { name: 'Use 1.5' }).click()
    expect(await expressionField(page).inputValue()).toBe('1.5')
  })

  test('submits nothing that is empty or mistaken, and says so in place', async ({ arriveAsUser }) => {
    const { page, requests } = await arriveAsUser()
    await page.getByText('Nothing here yet').waitFor()
    await evaluateButton(page).click()
    await expressionField(page).fill('   ')
    await evaluateButton(page).click()
    expect(await feedback(page)).toContain('Numbers, + − × ÷ ^ and parentheses')

    await expressionField(page).fill('2+')
    await evaluateButton(page).click()
    await expect.poll(() => feedback(page)).toContain('Character 3: Write a number or a parenthesis after +.')
    expect(await expressionField(page).inputValue()).toBe('2+')
    expect(await listedExpressions(page).count()).toBe(0)
    // The mistaken one alone, which the server refused.
    expect(requests.filter((request) => request === 'POST SubmitExpression')).toHaveLength(1)
  })

  test('tells the admin, who may not know that they are, what is theirs to do', async ({
    arriveAsAdmin,
    arriveAsUser,
  }) => {
    const { page } = await arriveAsAdmin()
    await page.getByRole('link', { name: 'how long everything takes' }).waitFor()
    await page.getByRole('link', { name: 'other machines' }).click()
    await page.getByRole('heading', { name: 'Agents', level: 1 }).waitFor()
    const { page: other } = await arriveAsUser()
    await other.getByText('Nothing here yet').waitFor()
    expect(await other.getByText('You are an admin here').count()).toBe(0)
  })

  test('offers examples to begin with', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.getByRole('button', { name: '1/3 + 1/6' }).click()
    expect(await expressionField(page).inputValue()).toBe('1/3 + 1/6')
    await expect.poll(() => feedback(page)).toContain('3 operations')
  })

  test('submits once, however often Evaluate is clicked', async ({ arriveAsUser }) => {
    const { page, requests } = await arriveAsUser()
    await stayHere(page).check()
    await expressionField(page).fill('6*7')
    await evaluateButton(page).dblclick()
    await page.getByText('Submitted.').waitFor()
    // Once more in the same field: what was left over of the double click would come before it.
    await evaluate(page, '6*8')
    await expect.poll(() => listedExpressions(page).count()).toBe(2)
    expect(requests.filter((request) => request === 'POST SubmitExpression')).toHaveLength(2)
    await page.reload()
    await expect.poll(() => listedExpressions(page).getByRole('link').allInnerTexts()).toEqual(['6*8', '6*7'])
  })

  test('keeps what one writes while the one before is being submitted', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await stayHere(page).check()
    let submit = () => {}
    const held = new Promise<void>((resolve) => (submit = resolve))
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('SubmitExpression') === true) await held
      await route.continue()
    })
    await expressionField(page).fill('1+2')
    await evaluateButton(page).click()
    await expressionField(page).fill('3+4')
    submit()
    await page.getByRole('link', { name: 'Watch it being computed' }).waitFor()
    expect(await expressionField(page).inputValue()).toBe('3+4')
    await evaluateButton(page).click()
    await expect.poll(() => listedExpressions(page).count()).toBe(2)
    await expect.poll(() => expressionField(page).inputValue()).toBe('')
  })

  test('submits the same source again as another expression', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await evaluate(page, '6*7')
    await evaluate(page, '6*7')
    await expect.poll(() => listedExpressions(page).count()).toBe(2)
  })
})
