import type { Page } from 'playwright-core'

/** Names of agents, of functions, of programs and of what is written like them, and what is marked as English. */
const namesOfThings =
  /Reckon|agent-\d+|[\w-]+@[\w.-]+|https?:\S+|\b(gcd|lcm|abs|sign|floor|ceil|round|mod|min|max|factorial|binomial|sum)\b|\b(fact|bino)…|CSV|JSON|Enter|Ctrl|End|WebSocket|Chrome|Linux|Authorization: Bearer|Node|npm start|PNG/g

/** What of a Russian page reads as English: its title, its texts, and what its elements are called for those who hear them. */
export async function englishOn(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const foreign = '[lang=en], code, kbd, noscript, [data-source], style, script'
    const found = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(foreign)) found.push(node.textContent ?? '')
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'])
        if (!element.closest(foreign)) found.push(element.getAttribute(name) ?? '')
    return found
  })
  return [...new Set(texts.filter((text) => /[a-z]{3,}/i.test(text.replace(namesOfThings, ''))))]
}

/** Notes each heading that ever stands on a page, from its first moment on. */
export async function noteHeadings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seenHeadings: seen })
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('h1, h2'))
        if (textContent && !seen.includes(textContent)) seen.push(textContent)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
}

export const headingsSeen = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { seenHeadings: string[] }).seenHeadings)
