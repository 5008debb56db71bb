import { latinKey } from '../../language/latin-key.ts'
import { commands, type Command } from './commands.ts'

/** How long after its first key the second one of a shortcut may come. */
const patienceMs = 1_500

export type KeyOutcome = { readonly kind: 'run'; readonly command: Command } | { readonly kind: 'begun' | 'nothing' }

/** Reads shortcuts of one key or two from what is typed. */
export class KeySequence {
  #first: { readonly key: string; readonly at: number } | null = null

  type(event: Pick<KeyboardEvent, 'key' | 'code'>, at: number): KeyOutcome {
    const key = latinKey(event)
    const first = this.#first
    this.#first = null
    const typed = first !== null && at - first.at <= patienceMs ? `${first.key} ${key}` : key
    const command = commands.find(({ keys }) => keys === typed)
    if (command) return { kind: 'run', command }
    if (typed !== key) return this.type(event, at)
    if (!commands.some(({ keys }) => keys?.startsWith(`${key} `))) return { kind: 'nothing' }
    this.#first = { key, at }
    return { kind: 'begun' }
  }
}
