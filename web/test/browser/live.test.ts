import { expect } from 'vitest'
import { enter } from './support/account.ts'
import { onlineAgents } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import { evaluate, evaluateAndWatch, expressionStatus, listedExpressions } from './support/expressions.ts'
import { seedExpressions } from './support/seed.ts'

describePage('a page that is open', () => {
  test('asks for nothing while an expression runs to its end: all comes over the WebSocket', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 4000, Multiplication: 4000, Subtraction: 4000 })
    // Three tabs of one user, each on a page that changes while it runs.
    const user = await arriveAsUser()
    const list = user.page
    const agents = await user.openTab('/agents')
    await expect.poll(() => onlineAgents(agents)).toBe(2)

    await evaluate(list, '(1+2)*(3+4)-5')
    const address = await list.getByRole('link', { name: 'Watch it being computed' }).getAttribute('href')
    const expression = await user.openTab(address ?? '')
    await expect.poll(() => expressionStatus(expression).innerText()).toBe('Running')
    await expression.getByRole('table').waitFor()

    const requestsBefore = user.requests.length
    const payloadsBefore = user.payloads
    await expect.poll(() => expressionStatus(expression).innerText()).toBe('Succeeded')
    await expect.poll(() => listedExpressions(list).first().innerText()).toContain('= 16')
    await expect.poll(() => agents.getByRole('img', { name: 'Idle' }).count()).toBe(8)
    expect(user.requests.slice(requestsBefore)).toEqual([])
    expect(user.payloads).toBeGreaterThan(payloadsBefore)
  })

  test('has all that came to an empty list while another page was shown', async ({ reckon, admin, arrive }) => {
    const user = await arrive()
    const account = { ...admin, email: 'away@example.com' }
    await enter(user.context, 'register', account)
    const { page } = user
    await page.goto('/')
    await page.getByText('Nothing here yet').waitFor()
    await page.getByRole('link', { name: 'Agents', exact: true }).click()
    await expect.poll(() => onlineAgents(page)).toBe(2)
    // More than the newest, which are told to whoever comes.
    await seedExpressions(reckon.databaseUrl, { email: account.email, count: 70 })
    await page.getByRole('link', { name: 'Expressions', exact: true }).click()
    await page.getByText('70 expressions').waitFor()
  })

  test('says that an expression was deleted to an admin who watches it, whose it is not', async ({
    setDurations,
    arriveAsUser,
    arriveAsAdmin,
  }) => {
    await setDurations({ Addition: 30_000 })
    const { page: owners } = await arriveAsUser()
    await evaluateAndWatch(owners, '1+2')
    const { page: admins } = await arriveAsAdmin()
    await admins.goto(new URL(owners.url()).pathname)
    await expect.poll(() => expressionStatus(admins).innerText()).toBe('Running')
    await owners.getByRole('button', { name: 'Delete expression' }).click()
    const question = owners.getByRole('group', { name: 'Delete expression' })
    await question.getByRole('button', { name: 'Delete', exact: true }).click()
    await admins.getByText('This expression was deleted').waitFor()
  })

  test('goes by the clock of the server where that of the browser is wrong', async ({ setDurations, arriveAsUser }) => {
    await setDurations({ Addition: 30_000 })
    const { page, context } = await arriveAsUser()
    await context.addInitScript(() => {
      const browserNow = Date.now.bind(Date)
      Date.now = () => browserNow() + 3_600_000
    })
    await page.goto('/')
    await evaluateAndWatch(page, '1+2')
    const region = page.getByRole('region', { name: 'Expression', exact: true })
    await expect.poll(() => region.innerText()).toMatch(/running for [\d.]+ s\b/)
  })
})
