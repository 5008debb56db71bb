import type { IncomingMessage, ServerResponse } from 'node:http'
import { anonymous, type Actor } from '../../domain/actor.ts'
import type { Context } from '../../schema/context.ts'
import type { Caller } from '../client/caller.ts'

/** What an operation comes with: a request, or the context that a socket has made for it. */
export type Arrival =
  | { readonly context: Context; readonly req?: never; readonly res?: never; readonly caller?: never }
  | { readonly context?: never; readonly req: IncomingMessage; readonly res: ServerResponse; readonly caller: Caller }

/** Who sends it, before there is a context over HTTP. */
export const actorOf = ({ caller, context }: Partial<Arrival>): Actor => caller?.actor ?? context?.actor ?? anonymous
