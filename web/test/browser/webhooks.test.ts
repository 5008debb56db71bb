/// <reference types="node" />
import { expect } from 'vitest'
import { startReceiver } from '../../../server/test/webhooks/receiver.ts'
import { describePage, test as pageTest } from './support/browser-test.ts'
import { evaluate } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'
import { Reckon } from './support/reckon.ts'

const test = pageTest.extend('reckon', { scope: 'file' }, async ({}, { onCleanup }) => {
  const reckon = await Reckon.start({ WEBHOOK_NETWORKS: '127.0.0.0/8' })
  onCleanup(() => reckon.stop())
  return reckon
})

describePage('webhooks', () => {
  test('one is made, tried, told how expressions end, paused and deleted', async ({ arriveAsUser }) => {
    const receiver = await startReceiver()
    const name = new URL(receiver.url).host
    const { page } = await arriveAsUser()
    await page.goto('/account')
    const address = page.getByLabel('Address of a new webhook')
    const create = page.getByRole('button', { name: 'Create webhook' })

    await address.fill('no address')
    await create.click()
    await page.getByText('must be a URL').waitFor()
    await address.fill(receiver.url)
    await create.click()
    await page.getByText('This secret is shown only now.').waitFor()
    await page.getByText(/^whsec_/).waitFor()
    expect(await findFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText(/^whsec_/).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: `Test ${name}` }).click()
    await receiver.until(1)
    const told = page.getByRole('list', { name: `What ${name} was told` }).getByRole('listitem')
    await told.filter({ hasText: /webhook\.test.*delivered.*answer 204/s }).waitFor()

    await page.goto('/')
    await evaluate(page, '1/0')
    await receiver.until(2)
    await page.goto('/account')
    await told.filter({ hasText: /expression\.failed.*delivered/s }).waitFor()
    // What was sent a moment ago has to wait for a few seconds, and says so.
    const sendAgain = page.getByRole('button', { name: 'Send again: expression.failed' })
    const press = async () => {
      await sendAgain.click()
      return receiver.received.length
    }
    await expect.poll(press, { interval: 1_000, timeout: 30_000 }).toBeGreaterThan(2)
    const [, first, again] = receiver.received
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id'])

    await page.getByRole('button', { name: `Pause ${name}` }).click()
    await page.getByRole('button', { name: `Resume ${name}` }).click()
    await page.getByRole('button', { name: `Pause ${name}` }).waitFor()
    await page.getByRole('button', { name: `Delete ${name}` }).click()
    await page
      .getByRole('group', { name: `Delete ${name}` })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByText('No webhooks yet').waitFor()
  })
})
