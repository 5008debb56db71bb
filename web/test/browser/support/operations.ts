import type { Locator, Page } from 'playwright-core'

type OperationName = 'Addition' | 'Subtraction' | 'Multiplication' | 'Division' | 'Power' | 'gcd' | 'max'

export const durationField = (page: Page, name: OperationName): Locator =>
  page.getByLabel(`Duration of ${name} in milliseconds`)

/** In milliseconds. */
export type Durations = Readonly<Partial<Record<OperationName, number>>>

/** Opens the page of operations, and saves durations there. */
export async function saveDurations(adminPage: Page, durations: Durations): Promise<void> {
  await adminPage.goto('/operations')
  for (const [name, ms] of Object.entries(durations))
    await durationField(adminPage, name as OperationName).fill(String(ms))
  const save = adminPage.getByRole('button', { name: 'Save durations' })
  // Nothing to save where they stand so already.
  if (!(await save.isEnabled())) return
  await save.click()
  await adminPage.getByText('Saved.').waitFor()
}
