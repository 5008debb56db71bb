import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch, expressionStatus } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

describePage('an expression that is shared', () => {
  test('is watched by whoever has the link, who changes nothing, until it is revoked', async ({
    setDurations,
    arriveAsUser,
    arrive,
  }) => {
    await setDurations({ Addition: 20, Power: 4_000 })
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '2^10 + 3^5 + 1')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByText('Until revoked').click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = await page.getByText(/\/shared#rks_/).innerText()
    await page.getByText('Until it is revoked').waitFor()

    const visitor = await arrive()
    const watcher = visitor.page
    // That nobody answers is no fault of the link.
    visitor.expectOutage()
    await watcher.route('**/graphql', (route) => route.abort('connectionreset'))
    await watcher.goto(link)
    await watcher.getByRole('heading', { name: 'This expression could not be loaded' }).waitFor()
    await watcher.unroute('**/graphql')
    await watcher.getByRole('button', { name: 'Try again' }).click()
    await watcher.getByText('Shared with you, to watch').waitFor()
    await expect.poll(() => expressionStatus(watcher).innerText()).toMatch(/Running|Succeeded/)
    await watcher.getByRole('tree', { name: 'Graph of 4 operations' }).waitFor()
    await expect.poll(() => expressionStatus(watcher).innerText()).toBe('Succeeded')
    await watcher.getByText('1268').first().waitFor()
    await watcher.getByRole('button', { name: 'Operation 1', exact: true }).click()
    await watcher
      .getByRole('button', { name: /^Copy .* of this operation$/ })
      .first()
      .waitFor()
    for (const name of ['Cancel', 'Delete expression', 'Share', 'Retry'])
      expect(await watcher.getByRole('button', { name }).count(), name).toBe(0)
    // The secret goes to nobody in an address.
    expect(visitor.requests.filter((request) => request.includes('rks_'))).toEqual([])

    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Revoke this link' }).click()
    await page.getByRole('button', { name: 'Revoke' }).click()
    await watcher.getByRole('heading', { name: 'This link shows nothing' }).waitFor()
    await watcher.reload()
    await watcher.getByRole('heading', { name: 'This link shows nothing' }).waitFor()
    // Over a socket that is refused nothing is asked for in a loop.
    expect(visitor.requests.filter((request) => request.startsWith('POST SharedExpression')).length).toBeLessThan(6)
  })

  test('can be read in light and dark, wide and narrow, by who shares it and who watches', async ({
    arriveAsUser,
    arrive,
  }) => {
    const { page } = await arriveAsUser()
    await evaluateAndWatch(page, '1+2')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = await page.getByText(/\/shared#rks_/).innerText()
    await page
      .getByText(/^Until /)
      .first()
      .waitFor()
    expect(await findFlaws(page)).toEqual([])
    const watcher = (await arrive()).page
    await watcher.goto(link)
    await watcher.getByText('Shared with you, to watch').waitFor()
    await watcher.getByRole('tree').waitFor()
    expect(await findFlaws(watcher)).toEqual([])
  })

  test('is not found by a link that is none', async ({ arrive }) => {
    const { page } = await arrive()
    for (const hash of ['', '#rks_', '#<script>']) {
      await page.goto(`/shared${hash}`)
      await page.getByRole('heading', { name: 'This link shows nothing' }).waitFor()
    }
  })
})
