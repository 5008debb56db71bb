import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { HealthWatch } from './health-watch.ts'
import { NeighbourWatch } from './neighbour-watch.ts'
import type { Testimony, WitnessOrder } from './witness.ts'

const order = JSON.parse(process.argv[2] ?? '') as WitnessOrder
const health = new HealthWatch(order.port, Number(process.argv[3]), order.serverPid)
const neighbour = await NeighbourWatch.start(order)

process.on('message', (message: 'begin' | { readonly patienceMs: number }) => {
  if (message === 'begin') {
    health.begin()
    neighbour.begin()
  } else void testify(message.patienceMs)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function testify(patienceMs: number): Promise<void> {
  // Those that are under way are what the probe has delayed most.
  await Promise.race([Promise.all([health.settled(), neighbour.settled()]), delay(patienceMs)])
  const testimony: Testimony = { ...health.testimony(), ...neighbour.testimony() }
  process.send?.(testimony)
}
