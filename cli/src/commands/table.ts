import type { Command } from './command.ts'
import { submit } from './submit.ts'
import { watch } from './watch.ts'

/** Every command, in the order in which the help tells them. The first is what one without a name is. */
export const commands: readonly Command[] = [submit, watch]
