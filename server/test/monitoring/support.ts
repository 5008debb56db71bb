import type { TestApp } from '../support/test-app.ts'
import { parseExposition, type Family } from './exposition-parser.ts'

export const metricsToken = 'a-token-of-these-tests'

export const withToken = { headers: { authorization: `Bearer ${metricsToken}` } }

export const originOf = ({ app }: TestApp): string => `http://127.0.0.1:${app.address.port}`

export async function scrapeText(app: TestApp): Promise<string> {
  const response = await fetch(`${originOf(app)}/metrics`, withToken)
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return response.text()
}

export const scrape = async (app: TestApp): Promise<ReadonlyMap<string, Family>> =>
  parseExposition(await scrapeText(app))
