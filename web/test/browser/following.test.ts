import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { evaluateAndWatch } from './support/expressions.ts'
import { graph, pixels, source } from './support/graph.ts'

// Some hundred operations come and go before what is looked for.
describePage('what runs in a long expression', { timeout: 120_000 }, () => {
  test('is followed by its source and by its graph, until somebody looks elsewhere', async ({
    setDurations,
    arriveAsUser,
  }) => {
    await setDurations({ Addition: 20, Multiplication: 20, Division: 3_000, Power: 60_000 })
    const { page } = await arriveAsUser()
    // First the quotient at the beginning, long after it the power at the end.
    const products = Array.from({ length: 220 }, (_, index) => `7*${index + 2}`).join('+')
    await evaluateAndWatch(page, `a = 8/2; ${products}+5^a`)
    const power = source(page).getByText('^', { exact: true })
    const isInSight = async () => {
      // Far from what is in sight, operators are no elements.
      if ((await power.count()) === 0) return false
      const [frame, operator] = [await source(page).boundingBox(), await power.boundingBox()]
      if (!frame || !operator) return false
      return operator.y >= frame.y && operator.y + operator.height <= frame.y + frame.height
    }
    expect(await isInSight()).toBe(false)
    await page.getByLabel('Follow what runs').check()
    const follow = page.getByRole('group', { name: 'Graph' }).getByRole('button', { name: 'Follow' })
    await follow.click()
    await expect.poll(isInSight).toBe(true)
    const isReadable = async () => (await pixels(page)).amber > 60
    await expect.poll(isReadable).toBe(true)
    expect(await follow.getAttribute('aria-pressed')).toBe('true')

    await page.getByRole('group', { name: 'Graph' }).getByRole('button', { name: 'Fit' }).click()
    expect(await follow.getAttribute('aria-pressed')).toBe('false')
    await expect.poll(isReadable).toBe(false)
    // By the keyboard alone, and as a glide where motion is welcome.
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await graph(page).focus()
    await page.keyboard.press('End')
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(isReadable).toBe(true)
    await page.getByRole('button', { name: 'Cancel' }).click()
  })
})
