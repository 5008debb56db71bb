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

/** Whether one must scroll sideways to see all of it. */
export function sidewaysScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`it scrolls sideways: ${scrollWidth} px in ${clientWidth} px`] : []
  })
}

/** Until then colours are those of neither scheme. */
function transitionsEnd(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const running = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    // The end of one can be the beginning of the next: colours are inherited.
    while (running().length > 0) await Promise.allSettled(running().map(({ finished }) => finished))
  })
}
