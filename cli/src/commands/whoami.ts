import { exitCodes } from '../exit-code.ts'
import { graphql } from '../graphql.ts'
import { alignRows } from '../show/table.ts'
import { printable } from '../terminal/printable.ts'
import { version } from '../version.ts'
import { defineCommand } from './command.ts'

export const whoAmI = graphql(`
  query WhoAmI {
    viewer {
      email
      role
    }
    serverInfo {
      version
    }
  }
`)

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'tell who you are, and at which server',
  usage: ['whoami'],
  options: {},
  words: [0, 0],
  async run(context) {
    const answer = await context.api.ask(whoAmI, {})
    if (answer.kind !== 'data') return context.refuse(answer)
    const { viewer, serverInfo } = answer.data
    if (!viewer) return context.refuse({ code: 'UNAUTHENTICATED', message: 'Nobody is signed in.' })
    const { shown: server } = context.server
    if (context.isJson) context.printJson({ ...viewer, server, serverVersion: serverInfo.version, version })
    else
      context.show(
        alignRows([
          ['user', printable(viewer.email)],
          ['role', viewer.role.toLowerCase()],
          ['server', `${server}, version ${serverInfo.version}`],
        ]),
      )
    return exitCodes.done
  },
})
