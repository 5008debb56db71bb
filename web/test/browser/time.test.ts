import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionField, expressionStatus, tasksShown } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

const timePanel = (page: Page) => page.getByRole('region', { name: 'Time', exact: true })
const moment = (page: Page) => page.getByRole('slider', { name: 'Moment' })
const statuses = async (page: Page) => (await tasksShown(page)).map(({ status }) => status)

describePage('the time of an expression', () => {
  test('is shown again from its beginning, all views in step', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 400, Subtraction: 400, Multiplication: 400, Division: 400 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '(1+2)*(3-4)/5')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    // Its tasks come by a subscription of their own.
    await expect.poll(async () => (await tasksShown(page)).map(({ result }) => result)).not.toContain('')
    const finished = await tasksShown(page)
    expect(await findFlaws(page)).toEqual([])

    await moment(page).fill('0')
    await expect.poll(() => statuses(page)).not.toContain('Succeeded')
    expect((await tasksShown(page)).map(({ result }) => result)).toEqual(['', '', '', ''])
    expect((await statuses(page)).slice(2)).toEqual(['Waiting', 'Waiting'])
    const end = Number(await moment(page).getAttribute('max'))
    await moment(page).fill(String(Math.round(end / 2)))
    // The sums are known by then, and what takes them is not.
    await expect.poll(() => statuses(page)).toContain('Succeeded')
    expect((await statuses(page)).at(-1)).toBe('Waiting')

    await timePanel(page).getByLabel('Speed').selectOption('100')
    await timePanel(page).getByRole('button', { name: 'Replay' }).click()
    await expect.poll(() => tasksShown(page)).toEqual(finished)
    await moment(page).fill('0')
    await expect.poll(() => statuses(page)).not.toContain('Succeeded')
    await moment(page).press('End')
    await expect.poll(() => tasksShown(page)).toEqual(finished)
    await timePanel(page).getByRole('button', { name: 'Show the end' }).click()
    expect(await timePanel(page).getByRole('button', { name: 'Show the end' }).count()).toBe(0)
  })

  test('is walked by the keyboard, which picks the same task everywhere and says what it is', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 50, Multiplication: 50 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2*3')
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await page.getByRole('application', { name: /^Timeline/ }).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => timePanel(page).innerText()).toMatch(/#1 Multiplication at agent-\d, slot 1 · began after/)
    expect(await page.getByRole('row').filter({ hasText: '2×3' }).getAttribute('data-active')).toBe('selected')
    await page.keyboard.press('Escape')
    await expect.poll(() => timePanel(page).innerText()).toContain('Point at a bar')
  })

  test('shows an attempt that came to nothing', async ({ reckon, setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 4_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '7+8')
    const agent = async () => (await tasksShown(page))[0]?.agent ?? ''
    await expect.poll(agent).toMatch(/^agent-/)
    reckon.killAgent(await agent())
    await expect.poll(() => timePanel(page).innerText()).toContain('attempt without a result')
  })
})

describePage('when an expression will be finished', () => {
  test('is told with what it waits for, and with other slots', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 20_000, Multiplication: 20_000 })
    const { page, requests } = await arriveAsUser()
    await expressionField(page).fill('(1+2)*(3+4)')
    await page.getByText('With other slots?').click()
    // Two at once and one after them: more than two slots would not help.
    await expect.poll(() => page.getByRole('main').innerText()).toMatch(/This takes 40\.0 s with 2 slots of its own/)
    await page.getByRole('slider', { name: 'Slots' }).fill('0')
    await expect.poll(() => page.getByRole('main').innerText()).toMatch(/This takes 1 min with 1 slot of its own/)
    expect(await findFlaws(page)).toEqual([])
    await page.getByText('With other slots?').click()
    const requestsBefore = requests.length
    await expressionField(page).fill('(1+2)*(3+4)+5')
    await expect.poll(() => page.getByRole('main').innerText()).toContain('4 operations')
    expect(requests.slice(requestsBefore)).toEqual(['POST PlanExpression'])

    await evaluateAndWatch(page, '(1+2)*(3+4)')
    const region = page.getByRole('region', { name: 'Expression' })
    await expect.poll(() => region.innerText()).toMatch(/About (40|39|38|37|36|35) s left/)
    expect(await region.innerText()).toContain('2 operations are being computed. 1 more waits for results.')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => region.innerText()).not.toContain('left')
  })
})

describePage('the work of all agents', () => {
  test('is seen by everybody, and counted whose it is', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Power: 50 })
    const [one, other] = [await arriveAsUser(), await arriveAsUser()]
    const work = (page: Page) => page.getByRole('region', { name: 'Work' })
    await other.page.goto('/agents')
    const before = await one.page.goto('/agents').then(() => work(one.page).innerText())
    expect(before).toMatch(/\b0 of them yours/)
    await one.page.goto('/')
    await evaluateAndWatch(one.page, '2^3')
    await expect.poll(() => expressionStatus(one.page).innerText()).toBe('Succeeded')
    await one.page.goto('/agents')
    await expect.poll(() => work(one.page).innerText()).toMatch(/\b1 of them yours/)
    expect(await work(other.page).innerText()).toMatch(/\b0 of them yours/)
    expect(await findFlaws(one.page)).toEqual([])
  })
})
