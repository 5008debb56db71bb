import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { expressionStatus, listedExpressions } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

describePage('who comes for the first time', () => {
  test('sees an expression being computed, of which nothing is asked of the server', async ({ arrive }) => {
    const visitor = await arrive()
    const { page } = visitor
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await page.goto('/')
    await page.getByRole('heading', { name: 'Watch a calculation happen' }).waitFor()
    await page.getByText(/^[1-9]\d* of 19 operations computed$/).waitFor()
    await page.getByText('agent-2 was killed. Its operation goes to another agent.').waitFor()
    await page.getByText('= 19.3(6)').waitFor()
    const asked = visitor.requests.filter((request) => request.startsWith('POST'))
    expect(asked.toSorted()).toEqual(['POST Registration', 'POST RefreshSession'].toSorted())
    expect(visitor.payloads).toBe(0)
  })

  test('sees all of it at once where nothing is to move, can play it, and read all', async ({ arrive }) => {
    const { page } = await arrive()
    await page.goto('/')
    await page.getByText('= 19.3(6)').waitFor()
    await page.getByRole('tree', { name: 'Graph of 19 operations' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Replay' }).click()
    await page.getByText(/^\d+ of 19 operations computed$/).waitFor()
  })

  test('is two steps from an expression of their own, which is evaluated once', async ({ arrive, admin }) => {
    void admin
    const { page } = await arrive()
    await page.goto('/')
    await page.getByLabel('Now one of yours').fill('2+3')
    await page.getByRole('button', { name: 'Evaluate it' }).click()
    await page.getByLabel('Email').fill('first-visit@example.com')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await page.reload()
    await expect.poll(() => expressionStatus(page).innerText()).toBe('Succeeded')
    await page.goBack()
    await expect.poll(() => listedExpressions(page).count()).toBe(1)
  })

  test('goes to signing in and back, with what they wrote', async ({ arrive }) => {
    const { page } = await arrive()
    await page.goto('/welcome')
    await page.getByLabel('Now one of yours').fill('2(3')
    await page.getByRole('button', { name: 'Evaluate it' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Create one' }).click()
    await page.getByLabel('Email').fill('mistaken@example.com')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Create account' }).click()
    // What is no expression is not lost, but told.
    await page.getByText(/^Character \d/).waitFor()
    expect(await page.getByRole('textbox', { name: 'Expression' }).inputValue()).toBe('2(3')
  })
})
