import { applies, type Scenario } from '../scenarios/scenario.ts'
import type { System } from '../systems/system.ts'

/** What the tables do not have, and why: nothing is missing from them in silence. */
export function gapsOf(systems: readonly System[], scenarios: readonly Scenario[]): string[] {
  const systemsLeftOut = systems.flatMap((system) => {
    const reason = system.missing()
    return reason === null ? [] : [`Left out: ${system.name}, since ${reason}.`]
  })
  const partsLeftOut = scenarios
    .filter((scenario) => systems.some((system) => applies(scenario, system)))
    .flatMap((scenario) => {
      const lack = scenario.lacks?.() ?? null
      return lack === null ? [] : [`Left out: ${lack}.`]
    })
  const notApplicable = scenarios.flatMap((scenario) => {
    const names = systems.filter((system) => !applies(scenario, system)).map(({ name }) => name)
    return names.length === 0 ? [] : [`Not applicable (n/a): ${scenario.name} of ${names.join(', ')}.`]
  })
  return [...systemsLeftOut, ...partsLeftOut, ...notApplicable]
}
