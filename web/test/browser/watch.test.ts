import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'
import { findFlaws } from './support/looks.ts'
import { Visitor } from './support/visitor.ts'

// Every other test fails for these. Here stands that they would be noticed.
describePage('a test of a page notices', () => {
  const notices = test.extend('visitor', async ({ browser, reckon }, { onCleanup }) => {
    // Not by `arrive`, which would fail the test for what is done here.
    const visitor = await Visitor.arrive(browser, reckon.address)
    onCleanup(() => visitor.context.close())
    await visitor.page.goto('/sign-in')
    return visitor
  })

  notices('a warning in the console', async ({ visitor }) => {
    await visitor.page.evaluate(() => console.warn('look out'))
    await expect.poll(() => visitor.troubles).toEqual(['warning: look out'])
  })

  notices('an error that nobody catches', async ({ visitor }) => {
    await visitor.page.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('a bug')
        }),
    )
    await expect.poll(() => visitor.troubles).toEqual(['uncaught: Error: a bug'])
  })

  notices('what the security policy forbids', async ({ visitor }) => {
    await visitor.page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { text: '0' })),
    )
    await expect.poll(() => visitor.troubles).toEqual([expect.stringContaining('Content Security Policy')])
  })

  notices('a request to another host', async ({ visitor }) => {
    await visitor.page.goto('http://127.0.0.1:9/').catch(() => {})
    await expect.poll(() => visitor.troubles).toContain('request to another host: http://127.0.0.1:9/')
  })

  notices('a request at all', async ({ visitor }) => {
    const before = visitor.requests.length
    await visitor.page.evaluate(() => fetch('/sign-up'))
    expect(visitor.requests.slice(before)).toContain('GET /sign-up')
  })

  notices('text that can hardly be read, and a page that is too wide', async ({ visitor }) => {
    await visitor.page.evaluate(() => {
      const heading = document.querySelector('h1')!
      heading.style.color = '#777'
      heading.style.background = '#888'
      heading.style.width = '2000px'
    })
    const flaws = (await findFlaws(visitor.page)).join('\n')
    expect(flaws).toContain('color-contrast: h1')
    expect(flaws).toContain('it scrolls sideways')
  })
})
