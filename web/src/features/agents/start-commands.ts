export type Shell = 'sh' | 'powershell'

export interface AgentStart {
  /** Where the page is from: its server hands out the agent, and takes it in. */
  readonly server: string
  readonly secret: string
  /** Empty for the name of the machine. */
  readonly name: string
  readonly slots: number
}

/** What fetches an agent and starts it, on a machine that has Node and nothing of ours: a command a line. */
export function startCommands(shell: Shell, { server, secret, name, slots }: AgentStart): string {
  const file = 'reckon-agent.mjs'
  const options = [`--server=${server.replace(/^http/, 'ws')}/graphql`, `--slots=${slots}`]
  switch (shell) {
    case 'sh': {
      if (name !== '') options.push(`--name=${quoted(name, "'\\''")}`)
      // In the environment other users of the machine do not see the token.
      return `curl -fO ${server}/${file}\nRECKON_AGENT_TOKEN=${secret} node ${file} ${options.join(' ')}`
    }
    case 'powershell': {
      if (name !== '') options.push(`--name=${quoted(name, "''")}`)
      const fetching = `Invoke-WebRequest ${server}/${file} -OutFile ${file} -UseBasicParsing`
      return `${fetching}\n$env:RECKON_AGENT_TOKEN = '${secret}'; node ${file} ${options.join(' ')}`
    }
    default:
      return shell satisfies never
  }
}

/** As one word, whatever is in it. @param quote how a quotation mark is written within quotation marks */
const quoted = (text: string, quote: string) => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", quote)}'`)
