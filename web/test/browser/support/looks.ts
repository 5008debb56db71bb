import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const

/** What is wrong with the page as it stands, light and dark, wide and on a small phone: nothing, if all is well. */
export async function findFlaws(page: Page): Promise<string[]> {
  const flaws: string[] = []
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 800 })
    await transitionsEnd(page)
    const found = [...(await inaccessible(page)), ...(await sidewaysScrolling(page))]
    flaws.push(...found.map((flaw) => `${colorScheme}, ${width} px: ${flaw}`))
  }
  return flaws
}

async function inaccessible(page: Page): Promise<string[]> {
  // "Legacy" opens no second page for each check, which takes twice as long and matters for frames alone.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  )
}

/** What sticks out where one must scroll sideways to see all of the page. */
export async function sidewaysScrolling(page: Page): Promise<string[]> {
  await transitionsEnd(page)
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > clientWidth
    const culprits = [...document.querySelectorAll('body *')].filter(
      (element) => sticksOut(element) && ![...element.children].some(sticksOut),
    )
    const names = culprits.map(({ tagName, className }) => `${tagName.toLowerCase()}.${className}`)
    return [`it scrolls sideways: ${scrollWidth} px in ${clientWidth} px, for ${names.join(', ')}`]
  })
}

/** Until then colours are those of neither scheme, and lengths those of neither width. */
function transitionsEnd(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const running = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    // The end of one can be the beginning of the next: colours are inherited.
    while (running().length > 0) await Promise.allSettled(running().map(({ finished }) => finished))
  })
}
