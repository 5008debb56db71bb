import { useSyncExternalStore } from 'react'
import { UnloadedDialog } from '../components/UnloadedDialog.tsx'
import { unloadedLanguage } from '../language/start.ts'

/** Says so where the language that was chosen did not come. */
export function UnloadedLanguage() {
  const language = useSyncExternalStore(unloadedLanguage.subscribe, unloadedLanguage.get)
  return language !== null && <UnloadedDialog onClose={() => unloadedLanguage.set(null)} />
}
