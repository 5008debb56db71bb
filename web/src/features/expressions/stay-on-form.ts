import { createValueStore } from '../../transport/value-store.ts'

const key = 'stay on the form'

function kept(): boolean {
  try {
    return localStorage.getItem(key) === 'yes'
  } catch {
    return false
  }
}

const store = createValueStore(kept())

/** Whether one stays where one writes when an expression is submitted, to write the next; else one goes along to see it run. Kept by this browser. */
export const stayOnForm = {
  ...store,
  set(isWanted: boolean): void {
    store.set(isWanted)
    try {
      if (isWanted) localStorage.setItem(key, 'yes')
      else localStorage.removeItem(key)
    } catch {
      // It holds for this page.
    }
  },
}
