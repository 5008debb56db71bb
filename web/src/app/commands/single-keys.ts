import { keep, readKept } from '../../browser-storage.ts'

const key = 'single-key shortcuts'

/** Whether shortcuts of one key or two are on: who dictates, or presses keys by mistake, turns them off. Where nothing is kept they are on. */
export const areSingleKeysOn = (): boolean => readKept(key) !== 'off'

export function turnSingleKeys(isOn: boolean): void {
  keep(key, isOn ? null : 'off')
}
