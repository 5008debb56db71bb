import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { onlineAgents } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import {
  evaluate,
  evaluateAndWatch,
  expressionField,
  expressionStatus,
  listedExpressions,
} from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

const signIn = (page: Page) => page.getByRole('button', { name: 'Sign in' })

/** So long that no line has room for it. */
const wide = `${'(1234567890+'.repeat(12)}1${')'.repeat(12)}/3`

describePage('in light and dark, wide and at 360 px, all can be read and reached', () => {
  test('signing in and signing up', async ({ arrive }) => {
    const { page } = await arrive()
    await page.goto('/sign-in')
    await signIn(page).waitFor()
    expect(await findFlaws(page)).toEqual([])

    await page.getByLabel('Email').fill('nobody@example.com')
    await page.getByLabel('Password').fill('not the password')
    await signIn(page).click()
    await page.getByRole('alert').waitFor()
    expect(await findFlaws(page)).toEqual([])

    await page.goto('/sign-up')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect.poll(() => page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true')
    expect(await findFlaws(page)).toEqual([])
  })

  test('an account, with mistakes in its fields', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.goto('/account')
    await page.getByLabel('Current password').fill('not this one')
    await page.getByLabel('New password').fill('password')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect.poll(() => page.getByLabel('New password').getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    expect(await findFlaws(page)).toEqual([])
  })

  test('the list of expressions, from empty to full, with a mistake in the field', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 20, Division: 20, Power: 60_000 })
    const { page } = await arriveAsUser()
    await page.getByText('Nothing here yet').waitFor()
    expect(await findFlaws(page)).toEqual([])

    for (const source of ['2^2', '1/0', wide]) await evaluate(page, source)
    for (const status of ['Running', 'Failed', 'Succeeded'])
      await listedExpressions(page).filter({ hasText: status }).first().waitFor()
    await expressionField(page).fill('2(1+2')
    await page.getByRole('button', { name: 'Use 2*(1+2)' }).waitFor()
    await page.getByRole('button', { name: /^Account of/ }).click()
    expect(await findFlaws(page)).toEqual([])
  })

  test('an expression that succeeded', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, wide)
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await page.getByRole('button', { name: 'Show 1,000 digits' }).click()
    await page.getByRole('region', { name: '1,000 digits' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
  })

  test('an expression that runs, and one that failed', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2+2^3')
    await expect.poll(() => page.getByRole('cell', { name: 'Running' }).count()).toBe(1)
    expect(await findFlaws(page)).toEqual([])

    await page.goto('/')
    await evaluateAndWatch(page, '1/(2/3+1/3+1+1+1/0)')
    await page.getByRole('alert').waitFor()
    expect(await findFlaws(page)).toEqual([])
  })

  test('the operations, to change and to look at', async ({ arriveAsAdmin, arriveAsUser }) => {
    const admin = (await arriveAsAdmin()).page
    await admin.goto('/operations')
    await admin.getByLabel('Duration of Power in milliseconds').fill('70000')
    await admin.getByRole('button', { name: 'Save durations' }).click()
    await admin.getByRole('alert').waitFor()
    expect(await findFlaws(admin)).toEqual([])

    const user = (await arriveAsUser()).page
    await user.goto('/operations')
    await user.getByText('Only admins may change them.').waitFor()
    expect(await findFlaws(user)).toEqual([])
  })

  test('the agents at work, their tokens and the users', async ({ arriveAsAdmin }) => {
    const { page } = await arriveAsAdmin()
    await evaluate(page, '2^2 + 3^2')
    await page.goto('/agents')
    await expect.poll(() => onlineAgents(page)).toBe(2)
    await page.getByLabel('Name of a new token').fill('the machine in the cellar')
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByRole('button', { name: 'Copy command' }).waitFor()
    await page.getByRole('list', { name: 'Users' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
  })

  test('what is not there', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser()
    await page.goto(`/expressions/${btoa('Expression:00000000-0000-7000-8000-000000000000')}`)
    await page.getByRole('heading', { name: 'There is no such expression' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.goto('/no/such/page')
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
  })
})
