import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionStatus } from './support/expressions.ts'
import { durationField, saveDurations } from './support/operations.ts'

describePage('the durations of operations', () => {
  test('are set by the admin and seen by all at once, who may not set them', async ({
    arriveAsAdmin,
    arriveAsUser,
  }) => {
    const { page: admin } = await arriveAsAdmin()
    await saveDurations(admin, { Multiplication: 1000, Power: 1000 })

    const { page: user, requests } = await arriveAsUser()
    await user.getByRole('link', { name: 'Operations' }).click()
    await user.getByText('Only admins may change them.').waitFor()
    const shown = (name: string) =>
      user
        .getByRole('listitem')
        .filter({ has: user.getByRole('heading', { name }) })
        .innerText()
    await expect.poll(() => shown('Multiplication')).toContain('1.0 s')
    expect(await user.getByRole('main').getByRole('textbox').count()).toBe(0)
    expect(await user.getByRole('main').getByRole('spinbutton').count()).toBe(0)
    expect(await user.getByRole('button', { name: 'Save durations' }).count()).toBe(0)

    const before = requests.length
    await saveDurations(admin, { Multiplication: 250, Power: 65_535 })
    await expect.poll(() => shown('Multiplication')).toContain('250 ms')
    await expect.poll(() => shown('Power')).toContain('1 min 6 s')
    expect(requests.slice(before)).toEqual([])
  })

  test('are set of functions as of operators, each its own', async ({ arriveAsAdmin, arriveAsUser }) => {
    const { page: admin } = await arriveAsAdmin()
    await saveDurations(admin, { gcd: 40, max: 30 })
    const { page: user } = await arriveAsUser()
    await user.getByRole('link', { name: 'Operations' }).click()
    const functions = user.getByRole('region', { name: 'Functions' }).getByRole('listitem')
    const shown = (text: string) => functions.filter({ hasText: text }).innerText()
    await expect.poll(() => shown('greatest common divisor')).toContain('40 ms')
    expect(await shown('largest of the numbers')).toContain('30 ms')
    expect(await shown('least common multiple')).toContain('1.0 s')

    await user.getByRole('link', { name: 'Expressions' }).click()
    await evaluateAndWatch(user, 'max(gcd(12, 18), 1, 2)')
    await expect.poll(() => expressionStatus(user).innerText()).toBe('Succeeded')
    const table = user.getByRole('region', { name: 'Table of operations' })
    const written = () => table.locator('td:nth-child(2)').allInnerTexts()
    await expect.poll(written).toEqual(['gcd(12, 18)', 'max(6, 1, 2)'])
    const computed = user.getByRole('region', { name: 'Source' }).locator('[data-tone=succeeded]')
    await expect.poll(() => computed.allInnerTexts()).toEqual(['max', 'gcd'])
  })

  test('are whole milliseconds up to 65 535, which is said at the field', async ({ arriveAsAdmin }) => {
    const { page } = await arriveAsAdmin()
    await saveDurations(page, { Addition: 100, Division: 100 })
    await durationField(page, 'Addition').fill('200')
    await durationField(page, 'Division').fill('65536')
    await page.getByRole('button', { name: 'Save durations' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('Nothing was saved')
    expect(await durationField(page, 'Division').getAttribute('aria-invalid')).toBe('true')
    expect(await durationField(page, 'Addition').getAttribute('aria-invalid')).toBeNull()

    await page.reload()
    await expect.poll(() => durationField(page, 'Addition').inputValue()).toBe('100')
    expect(await durationField(page, 'Division').inputValue()).toBe('100')
  })

  test('are not saved until the admin says so, and can be left as they were', async ({ arriveAsAdmin }) => {
    const { page } = await arriveAsAdmin()
    await saveDurations(page, { Subtraction: 100 })
    await durationField(page, 'Subtraction').fill('900')
    await page.getByText('Not saved yet').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await durationField(page, 'Subtraction').inputValue()).toBe('100')
    expect(await page.getByRole('button', { name: 'Save durations' }).isDisabled()).toBe(true)
  })
})
