const key = 'single-key shortcuts'

/** Whether shortcuts of one key or two are on: who dictates, or presses keys by mistake, turns them off. Some browsers keep nothing; there they are. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

export function turnSingleKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(key)
    else localStorage.setItem(key, 'off')
  } catch {
    // They stay as they are.
  }
}
