import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CleanUp } from '../../processes/clean-up.ts'

/** Who watches over a server meanwhile: what that costs shows beside a server that nobody watches over. */
export type Observer = 'traces' | 'metrics'

/** What a server is started with so that it is observed, and what begins once it listens. */
interface Observation {
  readonly environment: Readonly<Record<string, string>>
  begin(address: string): void
}

const metricsToken = 'only-for-a-benchmark-of-a-few-minutes'
const scrapeEveryMs = 5_000

export async function observe(observer: Observer | null, cleanUp: CleanUp): Promise<Observation> {
  switch (observer) {
    case null:
      return { environment: {}, begin: () => {} }
    case 'traces':
      return { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: await startCollector(cleanUp) }, begin: () => {} }
    case 'metrics':
      return {
        environment: { METRICS_TOKEN: metricsToken },
        begin(address) {
          const scraping = setInterval(() => void scrape(`${address}/metrics`), scrapeEveryMs)
          cleanUp.add(() => clearInterval(scraping))
        },
      }
    default:
      return observer satisfies never
  }
}

/** Takes all that it is sent and keeps nothing. @returns its address */
async function startCollector(cleanUp: CleanUp): Promise<string> {
  const collector = createServer((request, response) => {
    request.resume().once('end', () => response.end('{}'))
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  cleanUp.add(() => {
    collector.close()
    collector.closeAllConnections()
  })
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
}

async function scrape(address: string): Promise<void> {
  const response = await fetch(address, { headers: { authorization: `Bearer ${metricsToken}` } })
  const text = await response.text()
  if (!response.ok) throw new Error(`${address} answers ${response.status}: ${text}`)
}
