import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { onlineAgents } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionStatus, tasksShown } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name })

describePage('the agents of the server', () => {
  test('are killed and started by an admin, who sees their work move, and nothing lost', async ({
    setDurations,
    arriveAsAdmin,
  }) => {
    // Long enough to get to another page and kill an agent, however slow the machine is.
    await setDurations({ Power: 12_000, Addition: 20 })
    const admin = await arriveAsAdmin()
    const { page } = admin
    await evaluateAndWatch(page, '2^2+3^2+4^2+5^2')
    await expect.poll(async () => (await tasksShown(page)).filter(({ status }) => status === 'Running').length).toBe(4)
    const tab = await admin.openTab('/agents')
    await expect.poll(() => onlineAgents(tab)).toBe(2)
    await button(tab, 'Kill agent-1').click()
    await button(tab, 'Start agent-1').waitFor()
    await expect.poll(() => onlineAgents(tab)).toBe(1)
    await expect.poll(() => expressionStatus(page).innerText(), { timeout: 45_000 }).toBe('Succeeded')
    const tasks = await tasksShown(page)
    expect(tasks.filter(({ agent }) => agent === 'agent-1')).toEqual([])
    expect(tasks.some(({ attempt }) => attempt === '2')).toBe(true)

    // Not by itself, as one that died would.
    await tab.reload()
    await button(tab, 'Start agent-1').click()
    await expect.poll(() => onlineAgents(tab)).toBe(2)
    expect(await findFlaws(tab)).toEqual([])
  }, 120_000)

  test('are nothing to others', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.goto('/agents')
    await expect.poll(() => onlineAgents(page)).toBe(2)
    expect(await button(page, 'Kill agent-1').count()).toBe(0)
  })
})
