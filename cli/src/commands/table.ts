import { agents } from './agents.ts'
import { batch } from './batch.ts'
import { cancel, remove, retry } from './change.ts'
import type { Command } from './command.ts'
import { completionOf } from './completion.ts'
import { list } from './list.ts'
import { login, logout } from './login.ts'
import { operations } from './operations.ts'
import { plan } from './plan.ts'
import { show } from './show.ts'
import { submit } from './submit.ts'
import { tokens } from './tokens.ts'
import { top } from './top.ts'
import { watch } from './watch.ts'
import { webhooks } from './webhooks.ts'
import { whoami } from './whoami.ts'

/** Every command, in the order in which the help tells them. The first is what one without a name is. */
export const commands: readonly Command[] = [
  submit,
  batch,
  plan,
  list,
  show,
  watch,
  cancel,
  retry,
  remove,
  operations,
  agents,
  tokens,
  webhooks,
  login,
  logout,
  whoami,
  top,
  completionOf(() => commands),
]
