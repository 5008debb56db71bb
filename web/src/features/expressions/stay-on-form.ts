import { keep, readKept } from '../../browser-storage.ts'
import { createValueStore } from '../../transport/value-store.ts'

const key = 'stay on the form'

const store = createValueStore(readKept(key) === 'yes')

/** Whether one stays where one writes when an expression is submitted, to write the next; else one goes along to see it run. Kept by this browser. */
export const stayOnForm = {
  ...store,
  set(isWanted: boolean): void {
    store.set(isWanted)
    keep(key, isWanted ? 'yes' : null)
  },
}
