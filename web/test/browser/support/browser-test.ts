import type { Browser } from 'playwright-core'
import { describe, expect, test as plainTest } from 'vitest'
import { enter, type Account } from './account.ts'
import { saveDurations, type Durations } from './operations.ts'
import { findChromium, startChromium } from './chromium.ts'
import { Reckon } from './reckon.ts'
import { Visitor } from './visitor.ts'

/** Waits for a clean-up, which has no limit of its own: of one that never ends the tests that follow must hear. */
async function within(ms: number, cleanUp: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the browser was not done with a clean-up after ${ms / 1_000} s`)), ms)
  })
  await Promise.race([cleanUp, impatience]).finally(() => clearTimeout(timer))
}

/** Tests that need a browser; left out where there is none, which announce-chromium.ts tells. */
export const describePage = describe.skipIf(findChromium() === null)

const admin: Account = { email: 'admin@example.com', password: 'the first to register' }

/**
 * A Reckon and a Chromium a file, a new profile each time that somebody arrives. A test fails for what its visitors' pages may
 * never do, whatever else it is about.
 */
export const test = plainTest
  .extend('reckon', { scope: 'file' }, async ({}, { onCleanup }) => {
    const reckon = await Reckon.start()
    onCleanup(() => reckon.stop())
    return reckon
  })
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await startChromium()
    onCleanup(() => within(30_000, browser.close()))
    return browser
  })
  /** Registered first, so that none of the others is the admin. */
  .extend('admin', { scope: 'file' }, async ({ reckon, browser }) => {
    const context = await browser.newContext({ baseURL: reckon.address })
    await enter(context, 'register', admin)
    await context.close()
    return admin
  })
  /** Somebody whom nobody knows yet. */
  .extend('arrive', async ({ reckon, browser, task }, { onCleanup }) => {
    const visitors: Visitor[] = []
    onCleanup(async () => {
      if (task.result?.state === 'fail') for (const visitor of visitors) console.error(await visitor.describe())
      for (const { context } of visitors) await within(30_000, context.close())
      expect(visitors.flatMap(({ troubles }) => troubles)).toEqual([])
    })
    return async (locale?: string): Promise<Visitor> => {
      const visitor = await Visitor.arrive(browser, reckon.address, locale)
      visitors.push(visitor)
      return visitor
    }
  })
  /** The admin, signed in, on the page of their expressions. */
  .extend('arriveAsAdmin', ({ arrive, admin }) => async (): Promise<Visitor> => {
    const visitor = await arrive()
    await enter(visitor.context, 'login', admin)
    await visitor.page.goto('/')
    return visitor
  })
  /** An ordinary user with a new account, signed in, on the page of their expressions. */
  .extend('arriveAsUser', ({ arrive, admin, task }) => {
    let users = 0
    return async (locale?: string): Promise<Visitor> => {
      const visitor = await arrive(locale)
      const email = `user-${(users += 1)}-${task.id}@example.com`
      await enter(visitor.context, 'register', { ...admin, email })
      await visitor.page.goto('/')
      return visitor
    }
  })
  /** Sets how long operations take, as the admin does it, who then leaves. It holds for all users and for the tests that follow. */
  .extend('setDurations', ({ arriveAsAdmin }) => async (durations: Durations): Promise<void> => {
    const { page, context } = await arriveAsAdmin()
    await saveDurations(page, durations)
    await context.close()
  })
