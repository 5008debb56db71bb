import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readEnvironment } from '../src/env.ts'
import { settleMs } from '../src/app.ts'
import { startTestApp, testSecrets } from './support/test-app.ts'
import { testEnvironment } from './support/test-environment.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly stop_grace_period: string
}

const compose = read('docker-compose.yml')
const { services, volumes } = parse(compose, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: object
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** A Dockerfile: its stages, and what stands in them. */
function readImage(file: string) {
  const text = read(file).replaceAll(/ \\\n\s*/g, ' ')
  return {
    text,
    stages: all(text, /^FROM .* AS (\w+)$/gm),
    last: text.slice(text.lastIndexOf('\nFROM ')),
    /** What is copied from the folder that it is built of. */
    sources: all(text, /^COPY (?!--from)(.*) \S+$/gm).flatMap((paths) => paths.split(' ')),
  }
}

const built = Object.entries(services).flatMap(([name, service]) =>
  service.build ? [{ name, service, image: readImage(service.build.dockerfile) }] : [],
)
const server = built.find(({ name }) => name === 'server')
if (!server) throw new Error('There is no service "server".')

test('.env.example tells of every variable of the server; of OTEL_… docs/observability.md does', () => {
  const variables = all(read('server/src/env.ts'), /^ {2}([A-Z][A-Z_]+):/gm)
  expect(variables.length).toBeGreaterThan(40)
  const told = `${read('.env.example')} ${all(read('docs/observability.md'), /\b(OTEL_[A-Z_]+)\b/g).join(' ')}`
  expect(variables.filter((name) => !new RegExp(`\\b${name}\\b`).test(told))).toEqual([])
})

describe('docker-compose.yml', () => {
  test('takes from .env what .env.example tells of, and nothing else', () => {
    const asked = new Set(all(compose, /\$\{([A-Z_]+)/g))
    const told = new Set(all(read('.env.example'), /^(?:# )?([A-Z_]+)=/gm))
    expect(asked.size).toBeGreaterThan(5)
    expect([...asked].filter((name) => !told.has(name))).toEqual([])
  })

  test('gives the server what it takes, whatever .env leaves out', () => {
    const given = Object.entries(server.service.environment).map(([name, value]) => [
      name,
      String(value)
        .replaceAll(/\$\{[A-Z_]+:-(.*?)\}/g, '$1')
        .replaceAll(/\$\{([A-Z_]+):\?.*?\}/g, '$1-as-long-as-it-has-to-be-at-least'),
    ])
    expect(readEnvironment(Object.fromEntries(given) as NodeJS.ProcessEnv)).toMatchObject({
      kind: 'valid',
      remarks: [],
    })
  })

  test.each(built)('builds $name of what is there: stages, files, every workspace', ({ image }) => {
    expect(all(image.text, /COPY --from=(\w+)/g).filter((stage) => !image.stages.includes(stage))).toEqual([])
    expect(image.sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([])
    const { workspaces } = JSON.parse(read('package.json')) as { readonly workspaces: readonly string[] }
    expect(workspaces.filter((name) => !image.sources.includes(`${name}/package.json`))).toEqual([])
    const program = /^CMD .*"([\w/.]+)"\]$/m.exec(image.last)?.[1] ?? ''
    expect(all(image.last, /^COPY --from=build \/reckon\/(\S+) /gm)).toContain(path.dirname(program))
  })

  test('publishes the port that the server listens on, and agents ask there', () => {
    const port = /\bPORT=(\d+)/.exec(server.image.text)?.[1]
    expect(server.image.text).toContain(`\nEXPOSE ${port}\n`)
    expect(server.service.ports?.map((published) => published.split(':').at(-1))).toEqual([port])
    const asked = Object.values(services).flatMap(({ environment }) =>
      Object.values(environment).filter((value) => value.includes('://')),
    )
    const hosts = asked.map((address) => new URL(address.replaceAll(/\$\{.*?\}/g, 'x')))
    expect(hosts.map(({ host }) => host).sort()).toEqual(['postgres:5432', `server:${port}`])
    expect(hosts.filter(({ hostname }) => !(hostname in services))).toEqual([])
  })

  test('waits for what is there and tells whether it is healthy', async () => {
    const awaited = Object.values(services).flatMap((service) => Object.entries(service.depends_on ?? {}))
    expect(awaited).toHaveLength(2)
    for (const [name, { condition }] of awaited) {
      const tells =
        services[name]?.healthcheck ?? built.find((one) => one.name === name)?.image.text.includes('HEALTHCHECK')
      expect([name, condition, Boolean(tells)]).toEqual([name, 'service_healthy', true])
    }
    const [checked] = all(server.image.text, /HEALTHCHECK.*process\.env\.PORT \+ '(.*?)'/g)
    const { url } = await startTestApp()
    const { ok } = await fetch(new URL(checked ?? '', url))
    expect([checked, ok]).toEqual(['/ready', true])
    const mounted = all(compose, /^ {6}- (\w+):\//gm)
    expect(mounted).toEqual(Object.keys(volumes))
  })

  test('kills nothing that may still be stopping', () => {
    const { STOP_DELAY_MS, STOP_TIMEOUT_MS } = testEnvironment({
      DATABASE_URL: 'postgresql://reckon@postgres/reckon',
      JWT_SECRET: testSecrets.jwt,
      TICKET_SECRET: testSecrets.ticket,
    })
    expect(STOP_DELAY_MS).toBeGreaterThan(0)
    expect(1_000 * Number.parseInt(server.service.stop_grace_period)).toBeGreaterThan(
      STOP_DELAY_MS + STOP_TIMEOUT_MS + settleMs,
    )
  })
})
