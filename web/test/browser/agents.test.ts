/// <reference types="node" />
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, onTestFinished } from 'vitest'
import { agentCard, onlineAgents } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import { evaluate, evaluateAndWatch, expressionStatus } from './support/expressions.ts'

/** Fills all slots of both agents at once, and is 240. */
const eightProducts = '1*2 + 2*3 + 3*4 + 4*5 + 5*6 + 6*7 + 7*8 + 8*9'

/** Enough to keep nine slots busy. */
const twelveProducts = `${eightProducts} + 9*10 + 10*11 + 11*12 + 12*13`

/** Types lines into a shell, in a folder where nothing is, and ends at the end of the test what they have started. */
async function runInShell(lines: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'reckon-machine-'))
  // Of the environment there is what finds programs, and no more.
  const env = { PATH: process.env['PATH'] }
  const shell = spawn('sh', ['-c', lines], { cwd: folder, env, stdio: 'ignore', detached: true })
  onTestFinished(async () => {
    if (shell.exitCode === null && shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })
}

describePage('the page of agents', () => {
  test('tells lines that, as they stand, start an agent on a machine where nothing of ours is', async ({
    setDurations,
    arriveAsAdmin,
  }) => {
    const visitor = await arriveAsAdmin()
    const { page } = visitor
    await setDurations({ Multiplication: 2000, Addition: 50 })
    await page.getByRole('link', { name: 'Agents' }).click()
    await page.getByLabel('Name of a new token').fill("Ada's shed")
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByLabel('Slots', { exact: true }).fill('1')
    await runInShell(await page.locator('code', { hasText: 'curl' }).innerText())
    const shed = agentCard(page, "Ada's shed")
    await expect.poll(() => shed.innerText()).toContain('0 of 1 busy')

    await evaluate(await visitor.openTab('/'), twelveProducts)
    await expect.poll(() => shed.innerText()).toContain('1 of 1 busy')
    await expect.poll(() => shed.innerText()).toContain('0 of 1 busy')
  })

  test('shows both agents, and each slot at work while something runs', async ({
    setDurations,
    arriveAsAdmin,
    arriveAsUser,
  }) => {
    const { page: admin } = await arriveAsAdmin()
    await setDurations({ Multiplication: 2000, Addition: 50 })
    await admin.getByRole('link', { name: 'Agents' }).click()
    await expect.poll(() => onlineAgents(admin)).toBe(2)
    for (const name of ['agent-1', 'agent-2'])
      await expect.poll(() => agentCard(admin, name).innerText()).toContain('0 of 4 busy')
    await expect.poll(() => admin.getByRole('img', { name: 'Idle' }).count()).toBe(8)

    const { page: user } = await arriveAsUser()
    await evaluate(user, eightProducts)
    for (const name of ['agent-1', 'agent-2'])
      await expect.poll(() => agentCard(admin, name).innerText()).toContain('4 of 4 busy')
    // An admin sees whose it is, and the way to it.
    await expect.poll(() => admin.getByRole('link', { name: /another user’s expression/ }).count()).toBe(8)
    await user.getByRole('link', { name: 'Agents' }).click()
    await expect.poll(() => user.getByRole('link', { name: /of your expression/ }).count()).toBe(8)

    await expect.poll(() => admin.getByRole('img', { name: 'Idle' }).count()).toBe(8)
    for (const name of ['agent-1', 'agent-2'])
      await expect.poll(() => agentCard(admin, name).innerText()).toContain('0 of 4 busy')
  })

  test('shows that an agent is gone and that it is back; what it computed is computed elsewhere', async ({
    reckon,
    setDurations,
    arriveAsAdmin,
    arriveAsUser,
  }) => {
    const { page: admin } = await arriveAsAdmin()
    await setDurations({ Multiplication: 10_000, Addition: 50 })
    await admin.getByRole('link', { name: 'Agents' }).click()
    await expect.poll(() => onlineAgents(admin)).toBe(2)
    const { page: user } = await arriveAsUser()
    await evaluateAndWatch(user, eightProducts)
    await expect.poll(() => agentCard(admin, 'agent-1').innerText()).toContain('4 of 4 busy')

    reckon.killAgent('agent-1')
    await expect.poll(() => agentCard(admin, 'agent-1').innerText()).toMatch(/Reconnecting|Offline/)
    await setDurations({ Multiplication: 50 })
    expect(await agentCard(admin, 'agent-2').innerText()).toContain('Online')
    await expect.poll(() => agentCard(admin, 'agent-1').innerText()).toContain('Online')

    await expect.poll(() => expressionStatus(user).innerText()).toBe('Succeeded')
    expect(await user.getByRole('region', { name: 'Result' }).innerText()).toContain('= 240')
    const failedAttempts = user.getByRole('region', { name: 'Failed attempts' }).getByRole('listitem')
    await expect
      .poll(() => failedAttempts.allInnerTexts())
      .toEqual(Array.from({ length: 4 }, () => expect.stringContaining('agent lost (agent-1)')))
  })
})
