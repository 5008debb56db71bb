import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { monotonicNow } from '../../src/clock.ts'
import { counters, exportedName, gauges, histograms } from '../../src/metering/catalogue.ts'
import { MemoryMeter } from '../../src/metering/memory-meter.ts'
import { expose } from '../../src/monitoring/exposition.ts'
import { whenTestIsDone } from '../support/cleanup.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { startTestApp } from '../support/test-app.ts'
import { startWorld } from '../support/world.ts'
import { parseExposition, valueOf } from './exposition-parser.ts'
import { metricsToken, originOf, scrape, scrapeText, withToken } from './support.ts'

const environment = { METRICS_TOKEN: metricsToken }

/** A server whose agent has computed `(1+2)*(3+4)`. */
async function startBusyWorld() {
  const world = await startWorld({ environment })
  const agent = await world.openAgent({ name: 'a name to keep', slots: 3 })
  await setDurations(world.admin, { ADD: 0, MULTIPLY: 0 })
  const { id } = await submit(world.admin, '(1+2)*(3+4)')
  await agent.solve(...(await agent.take(2)))
  await agent.solve(...(await agent.take(1)))
  await ending(world.admin, id)
  return { ...world, agent, id }
}

test('what happens is counted where it happens, and what stands is told as it stands', async () => {
  const { app, agent, admin } = await startBusyWorld()
  await agent.submit({ ticket: 'forged', value: '1' })
  const families = await scrape(app)
  const told = (name: string, labels?: Record<string, string>) => valueOf(families, `reckon_${name}`, labels)
  expect(told('expressions_submitted_total', { outcome: 'ACCEPTED' })).toBe(1)
  expect(told('expressions_finished_total', { status: 'SUCCEEDED' })).toBe(1)
  expect(told('tasks_completed_total', { operation: '+' })).toBe(2)
  expect(told('tasks_completed_total', { operation: '*' })).toBe(1)
  expect(told('task_results_total', { receipt: 'ACCEPTED' })).toBe(3)
  expect(told('task_results_total', { receipt: 'REFUSED' })).toBe(1)
  expect(told('task_queue_seconds_count', { operation: '+' })).toBe(2)
  expect(told('task_duration_seconds_count', { operation: '*' })).toBe(1)
  expect(told('expression_duration_seconds_count')).toBe(1)
  expect(told('log_append_batch_size_sum')).toBe(3)
  expect(told('agents', { state: 'connected' })).toBe(1)
  expect(told('agent_slots')).toBe(3)
  expect(told('subscriptions_active', { field: 'agentSession' })).toBe(1)
  expect(told('subscription_payloads_total', { field: 'expressionChanged' })).toBeGreaterThan(0)
  expect(told('websocket_connections', { kind: 'agent' })).toBe(1)
  expect(told('replicas')).toBe(1)
  expect(valueOf(families, 'graphql_yoga_http_duration_seconds_count', { status_code: '200' })).toBeGreaterThan(0)
  expect(valueOf(families, 'process_cpu_seconds_total')).toBeGreaterThan(0)

  agent.cut()
  await agent.closed
  await submit(admin, '1/3 +').catch(() => {})
  await expect
    .poll(async () => valueOf(await scrape(app), 'reckon_agent_sessions_lost_total', { reason: 'closed' }))
    .toBe(1)
  expect(valueOf(await scrape(app), 'reckon_agents', { state: 'connected' })).toBe(0)
  expect(valueOf(await scrape(app), 'reckon_expressions_submitted_total', { outcome: 'ACCEPTED' })).toBe(1)
})

test('every metric of the catalogue is told, each with its help, and nothing of a user, an expression or an agent', async () => {
  const { app, id, agent, admin } = await startBusyWorld()
  const text = await scrapeText(app)
  const families = parseExposition(text)
  const names = Object.keys({ ...counters, ...histograms, ...gauges }).map(exportedName)
  expect(names.filter((name) => !families.has(name))).toEqual([])
  for (const secret of ['a name to keep', 'admin@example.com', id, agent.id, admin.token])
    expect(text).not.toContain(secret)
})

const promtool = spawnSync('promtool', ['--version']).status === 0

test.skipIf(!promtool)('promtool finds nothing to say', async () => {
  const { app } = await startBusyWorld()
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: await scrapeText(app) })
  expect(`${stdout.toString()}${stderr.toString()}`).toBe('')
  expect(status).toBe(0)
})

describe('who may read', () => {
  const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status

  test('nobody, by default', async () => {
    const app = await startTestApp()
    expect(await statusOf(`${originOf(app)}/metrics`, withToken)).toBe(404)
    expect(await statusOf(`${originOf(app)}/scale`, withToken)).toBe(404)
  })

  test('who has the token', async () => {
    const app = await startTestApp({ environment })
    for (const path of ['/metrics', '/scale']) {
      expect(await statusOf(`${originOf(app)}${path}`)).toBe(401)
      const wrong = { headers: { authorization: `Bearer ${metricsToken}.` } }
      expect(await statusOf(`${originOf(app)}${path}`, wrong)).toBe(401)
      expect(await statusOf(`${originOf(app)}${path}`, withToken)).toBe(200)
      expect(await statusOf(`${originOf(app)}${path}`, { ...withToken, method: 'POST' })).toBe(405)
    }
  })

  test('who reaches the port that is for nothing else, and then nobody at the other', async () => {
    const app = await startTestApp({ environment: { METRICS_PORT: '0', METRICS_HOST: '127.0.0.1' } })
    const own = `http://127.0.0.1:${app.app.monitoringAddress?.port}`
    expect(await statusOf(`${own}/metrics`)).toBe(200)
    expect(await statusOf(`${own}/scale`)).toBe(200)
    expect(await statusOf(`${own}/graphql`)).toBe(404)
    expect(await statusOf(`${originOf(app)}/metrics`)).toBe(404)
  })

  test('with both, who has the token and reaches the port', async () => {
    const app = await startTestApp({ environment: { ...environment, METRICS_PORT: '0', METRICS_HOST: '127.0.0.1' } })
    const own = `http://127.0.0.1:${app.app.monitoringAddress?.port}/metrics`
    expect(await statusOf(own)).toBe(401)
    expect(await statusOf(own, withToken)).toBe(200)
  })
})

test('a scraper that asks and never reads keeps no other waiting', async () => {
  const app = await startTestApp({ environment: { METRICS_PORT: '0', METRICS_HOST: '127.0.0.1' } })
  const port = app.app.monitoringAddress?.port ?? 0
  for (let count = 0; count < 20; count++) {
    const socket = connect(port, '127.0.0.1').pause()
    whenTestIsDone(() => void socket.destroy())
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(50))
  }
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
})

test('labels that others choose are told apart up to a number, and counted together beyond it', () => {
  const meter = new MemoryMeter(monotonicNow)
  for (let count = 0; count < 1_000; count++) meter.count('tasks_completed_total', `made up ${count}`)
  const family = parseExposition(expose(meter, [])).get('reckon_tasks_completed_total')
  expect(family?.samples).toHaveLength(101)
  expect(family?.samples.find(({ labels }) => labels['operation'] === 'other')?.value).toBe(900)
})

test('what a label holds comes out as it was, whatever it is', () => {
  const meter = new MemoryMeter(monotonicNow)
  const strange = 'a "quoted" \\ and\nbroken {line} 1'
  meter.observe('task_queue_seconds', 0.002, strange)
  const family = parseExposition(expose(meter, [])).get('reckon_task_queue_seconds')
  expect(family?.samples[0]?.labels['operation']).toBe(strange)
})

test('an observation falls into the first bucket that holds it, and into the last where none does', () => {
  const meter = new MemoryMeter(monotonicNow)
  for (const value of [1, 1.5, 2, 5_000]) meter.observe('log_append_batch_size', value)
  const { samples } = parseExposition(expose(meter, [])).get('reckon_log_append_batch_size') ?? { samples: [] }
  const bucket = (le: string) => samples.find(({ labels }) => labels['le'] === le)?.value
  expect([bucket('1'), bucket('2'), bucket('1000'), bucket('+Inf')]).toEqual([1, 3, 3, 4])
})
