import type { Locator, Page } from 'playwright-core'

/** On the page of agents: what it says of one. */
export const agentCard = (page: Page, name: string): Locator =>
  page
    .getByRole('list', { name: 'Agents', exact: true })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })

/** On the page of agents: how many are online. */
export const onlineAgents = (page: Page): Promise<number> =>
  page.getByRole('list', { name: 'Agents', exact: true }).getByText('Online', { exact: true }).count()
