import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { counters, exportedName, gauges, histograms, type Metric } from '../../src/metering/catalogue.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { startTestApp } from '../support/test-app.ts'
import { metricsToken, scrape } from './support.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const catalogue: Readonly<Record<string, Metric>> = { ...counters, ...histograms, ...gauges }

describe('docs/observability.md', () => {
  const rows = read('docs/observability.md')
    .split('\n')
    .filter((line) => /^\| `(reckon|graphql)_/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', label = '', help = '']) => [name, label, help])

  test('tells of each metric what the metric tells of itself, and of no other', () => {
    const told = Object.entries(catalogue).map(([name, { help, label }]) => [
      `\`${exportedName(name)}\``,
      label === undefined ? '' : `\`${label}\``,
      help,
    ])
    expect(rows.toSorted()).toEqual(told.toSorted())
  })
})

describe('ops', () => {
  let exported: ReadonlySet<string>
  const whenDone = whenFileIsDone()
  beforeAll(async () => {
    const families = await scrape(await startTestApp({ environment: { METRICS_TOKEN: metricsToken }, whenDone }))
    exported = new Set([...families.keys(), 'up'])
  })

  const metricsIn = (text: string): string[] =>
    [...new Set(text.match(/\b(reckon|graphql_yoga|process|nodejs)_\w+/g))].map((name) =>
      name.replace(/_(bucket|sum|count)$/, ''),
    )

  const expressions = (json: string): string => JSON.stringify(json.match(/"expr": ".*"/g))

  test.each(['ops/prometheus/alerts.yml', 'ops/prometheus/alerts.test.yml'])(
    '%s names no metric that there is not',
    (file) => {
      const named = metricsIn(read(file))
      expect(named.length).toBeGreaterThan(5)
      expect(named.filter((name) => !exported.has(name))).toEqual([])
    },
  )

  test('the dashboard shows every metric of ours, and none that there is not', () => {
    const named = metricsIn(expressions(read('ops/grafana/reckon.json')))
    expect(named.filter((name) => !exported.has(name))).toEqual([])
    const shown = new Set(named)
    expect(
      Object.keys(catalogue)
        .map(exportedName)
        .filter((name) => !shown.has(name)),
    ).toEqual([])
  })

  test('each rule is tried by a test', () => {
    const named = (file: string, pattern: RegExp) => new Set([...read(file).matchAll(pattern)].map(([, name]) => name))
    const rules = named('ops/prometheus/alerts.yml', /- alert: (\w+)/g)
    const fired = named('ops/prometheus/alerts.test.yml', /alertname: (\w+)\n\s+exp_alerts:\n/g)
    expect(rules.size).toBeGreaterThan(0)
    expect(fired).toEqual(rules)
  })

  const promtool = (...args: readonly string[]) =>
    spawnSync('promtool', args, { cwd: path.join(root, 'ops/prometheus') })
  const isThere = promtool('--version').status === 0

  test.skipIf(!isThere)('promtool finds the rules right, and they fire when they should', () => {
    for (const args of [
      ['check', 'rules', 'alerts.yml'],
      ['check', 'config', '--syntax-only', 'prometheus.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = promtool(...args)
      expect([status, status === 0 ? '' : `${stdout.toString()}${stderr.toString()}`]).toEqual([0, ''])
    }
  })
})
