import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { findFlaws } from './support/looks.ts'

describePage('an admin', () => {
  test('makes an invitation, whose link is shown once and lets one person register', async ({
    arriveAsAdmin,
    arrive,
  }) => {
    const { page } = await arriveAsAdmin()
    await page.goto('/agents')
    await page.getByLabel('Whom to invite').fill('Grace')
    await page.getByRole('button', { name: 'Create invitation' }).click()
    const link = await page.locator('code', { hasText: '/sign-up#' }).innerText()
    const { page: guest } = await arrive()
    await guest.goto(link)
    await guest.getByText('You have been invited').waitFor()
    await guest.getByLabel('Email').fill('grace@example.com')
    await guest.getByLabel('Password').fill('nanoseconds of wire')
    await guest.getByRole('button', { name: 'Create account' }).click()
    await guest.getByRole('heading', { name: 'What shall be computed?' }).waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.reload()
    await page.getByRole('list', { name: 'Invitations' }).getByText('used').waitFor()
  })
})
