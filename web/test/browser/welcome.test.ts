import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { englishOn, headingsSeen, noteHeadings } from './support/english.ts'
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

describePage('who reads Russian', () => {
  test('sees no English from the first moment on, before and after signing in', async ({ arrive }) => {
    const { page } = await arrive('ru-RU')
    await noteHeadings(page)
    await page.goto('/welcome')
    await page.getByRole('heading', { name: 'Смотрите, как идёт вычисление' }).waitFor()
    await page.getByText('= 19.3(6)').waitFor()
    await page.getByRole('tree', { name: 'Граф из 19 операций' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru')
    expect(await englishOn(page)).toEqual([])
    expect((await headingsSeen(page)).filter((heading) => /[a-z]{3}/i.test(heading))).toEqual([])

    await page.goto('/sign-in')
    await page.getByRole('heading', { name: 'Войти' }).waitFor()
    await page.getByLabel('Почта').fill('nobody@example.com')
    await page.getByLabel('Пароль').fill('not the password')
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.getByText('Неверный адрес почты или пароль.').waitFor()
    expect(await englishOn(page)).toEqual([])
    expect((await headingsSeen(page)).filter((heading) => /[a-z]{3}/i.test(heading))).toEqual([])
    expect(await findFlaws(page)).toEqual([])
  })

  test('sees none on the pages of who is signed in', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser('ru-RU')
    await noteHeadings(page)
    await page.goto('/account')
    await page.getByRole('heading', { name: 'Учётная запись', level: 1 }).waitFor()
    const id = await submitted(page, '1/0')
    await page.goto(`/expressions/${encodeURIComponent(id)}`)
    await page.getByRole('alert').getByText('Деление на ноль, символ 2.').waitFor()
    await page.getByRole('tree', { name: 'Граф из 1 операции' }).waitFor()
    expect(await englishOn(page)).toEqual([])
    expect(await findFlaws(page)).toEqual([])
    for (const [path, heading] of [
      ['/operations', 'Операции'],
      ['/agents', 'Агенты'],
      ['/account', 'Учётная запись'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor()
      await expect.poll(() => page.locator('[aria-busy]').count()).toBe(0)
      expect(await englishOn(page)).toEqual([])
      expect((await headingsSeen(page)).filter((seen) => /[a-z]{3}/i.test(seen.replace(/agent-\d/, '')))).toEqual([])
    }
  })

  test('changes the language there and back without loading anything anew, in all tabs', async ({ arriveAsUser }) => {
    const visitor = await arriveAsUser()
    const { page } = visitor
    await page.goto('/account')
    await page.getByLabel('Name of a new token').fill('of the cellar')
    const tab = await visitor.openTab('/operations')
    await tab.getByRole('heading', { name: 'Operations', level: 1 }).waitFor()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))

    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('button', { name: 'Русский' }).click()
    await page.getByRole('heading', { name: 'Учётная запись', level: 1 }).waitFor()
    await tab.getByRole('heading', { name: 'Операции', level: 1 }).waitFor()
    await expect.poll(() => tab.title()).toBe('Операции · Reckon')
    expect(await page.getByLabel('Название нового токена').inputValue()).toBe('of the cellar')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru')

    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('in English')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
    await tab.getByRole('heading', { name: 'Operations', level: 1 }).waitFor()
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    await page.reload()
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
  })
})

/** The id of an expression that the page's user has submitted past the page, by the cookie that the page has. */
async function submitted(page: Page, source: string): Promise<string> {
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await page.request.post('/graphql', {
      headers: { 'graphql-require-preflight': '1', ...headers },
      data: { query },
    })
    return (await response.json()) as { data: { outcome: { accessToken?: string; id?: string } } }
  }
  const { data } = await ask('mutation { outcome: refreshSession { ... on Authentication { accessToken } } }')
  const answer = await ask(
    `mutation { outcome: submitExpression(input: { source: "${source}", requestId: "${source}" }) { ... on Expression { id } } }`,
    { authorization: `Bearer ${data.outcome.accessToken ?? ''}` },
  )
  return answer.data.outcome.id ?? ''
}
