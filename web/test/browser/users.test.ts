import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { findFlaws } from './support/looks.ts'

describePage('an admin', () => {
  test('hands over a link by which a user chooses a new password, once', async ({
    arriveAsAdmin,
    arrive,
    arriveAsUser,
  }) => {
    const { page: user } = await arriveAsUser()
    await user.goto('/account')
    const email = await user.locator('input[autocomplete=username]').inputValue()
    const { page } = await arriveAsAdmin()
    await page.goto('/agents')
    await page.getByRole('button', { name: `Reset the password of ${email}` }).click()
    const link = await page.locator('code', { hasText: '/reset-password#' }).innerText()
    expect(await findFlaws(page)).toEqual([])
    const { page: elsewhere } = await arrive()
    await elsewhere.goto(link)
    await elsewhere.getByLabel('New password').fill('short')
    await elsewhere.getByRole('button', { name: 'Set password' }).click()
    await elsewhere.getByText('at least 8').waitFor()
    expect(await findFlaws(elsewhere)).toEqual([])
    await elsewhere.getByLabel('New password').fill('nanoseconds of wire')
    await elsewhere.getByRole('button', { name: 'Set password' }).click()
    await elsewhere.getByRole('heading', { name: 'What shall be computed?' }).waitFor()
    // Whoever was signed in before is not any more.
    await user.getByRole('button', { name: 'Sign in' }).waitFor()
    const { page: late } = await arrive()
    await late.goto(link)
    await late.getByLabel('New password').fill('nanoseconds of wire')
    await late.getByRole('button', { name: 'Set password' }).click()
    await late.getByText('This link was used').waitFor()
  })

  test('keeps a user out, and lets them in again', async ({ arriveAsAdmin, arriveAsUser, admin }) => {
    const { page: user } = await arriveAsUser()
    await user.goto('/account')
    const email = await user.locator('input[autocomplete=username]').inputValue()
    const { page } = await arriveAsAdmin()
    await page.goto('/agents')
    const row = page.getByRole('listitem').filter({ hasText: email })
    await row.getByRole('button', { name: `Disable ${email}` }).click()
    await row.getByRole('group').getByRole('button', { name: 'Disable' }).click()
    await row.getByText('Disabled').waitFor()
    await user.getByRole('button', { name: 'Sign in' }).waitFor()
    await row.getByRole('button', { name: `Enable ${email}` }).click()
    await row.getByRole('button', { name: `Disable ${email}` }).waitFor()
    await user.getByLabel('Email').fill(email)
    await user.getByLabel('Password').fill(admin.password)
    await user.getByRole('button', { name: 'Sign in' }).click()
    await user.getByRole('heading', { name: 'Account', exact: true }).waitFor()
    expect(await findFlaws(page)).toEqual([])
  })
})
