import type { Locator, Page } from 'playwright-core'

export const expressionField = (page: Page): Locator => page.getByRole('textbox', { name: 'Expression' })

export const evaluateButton = (page: Page): Locator => page.getByRole('button', { name: 'Evaluate' })

/** The user's expressions, as listed. */
export const listedExpressions = (page: Page): Locator =>
  page
    .getByRole('grid', { name: 'Expressions' })
    .getByRole('row')
    .filter({ has: page.getByRole('link') })

/** Whether one stays on the page of expressions when one has submitted one. */
export const stayHere = (page: Page): Locator => page.getByRole('checkbox', { name: 'Stay here' })

/** Submits a source on the page of expressions, stays there, and waits until it has arrived. */
export async function evaluate(page: Page, source: string): Promise<void> {
  await stayHere(page).check()
  await expressionField(page).fill(source)
  await evaluateButton(page).click()
  await watchLink(page).waitFor()
}

const watchLink = (page: Page): Locator => page.getByRole('link', { name: 'Watch it being computed' })

/** Submits a source, and sees its expression. */
export async function evaluateAndWatch(page: Page, source: string): Promise<void> {
  await stayHere(page).uncheck()
  await expressionField(page).fill(source)
  await evaluateButton(page).click()
  await expressionStatus(page).waitFor()
}

/** On the page of an expression: the word for its status. */
export const expressionStatus = (page: Page): Locator =>
  page.getByRole('region', { name: 'Expression', exact: true }).getByRole('status')

export interface ShownTask {
  readonly operation: string
  readonly result: string
  readonly status: string
  readonly agent: string
  readonly attempt: string
}

/** On the page of an expression: what the table says of each task, in the order of the plan. */
export async function tasksShown(page: Page): Promise<ShownTask[]> {
  const table = page.getByRole('region', { name: 'Table of operations' })
  const rows = table.getByRole('row').filter({ hasNot: page.getByRole('columnheader') })
  return (await rows.allInnerTexts()).map((row) => {
    const [, operation = '', result = '', status = '', agent = '', attempt = ''] = row
      .split('\t')
      .map((cell) => cell.trim())
    return { operation, result, status, agent, attempt }
  })
}

/** A length of time in the text of a page, of which the pattern's group is the number of seconds. */
export async function readSeconds(page: Page, pattern: RegExp): Promise<number> {
  const seconds = pattern.exec(await page.getByRole('main').innerText())?.[1]
  if (seconds === undefined) throw new Error(`the page does not say ${pattern}`)
  return Number(seconds)
}
