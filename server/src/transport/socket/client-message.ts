import { MessageType, parseMessage } from 'graphql-ws'

const typesOfClients: ReadonlySet<string> = new Set([
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
])

/** graphql-ws reads what a server sends as well as what a client does, and throws where it gets the former. */
export function isOfClient(message: string): boolean {
  try {
    return typesOfClients.has(parseMessage(message).type)
  } catch {
    return false
  }
}
