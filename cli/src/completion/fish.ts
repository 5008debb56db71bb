import type { CompletedOption, Completions } from './describe.ts'

export function fishCompletion(all: readonly Completions[]): string {
  const lines = all.flatMap(({ command, summary, subcommands, options }) => [
    `complete -c reckon -n __fish_use_subcommand -f -a ${command} -d ${quoted(summary)}`,
    ...subcommands.map((name) => `complete -c reckon -n '__fish_seen_subcommand_from ${command}' -f -a ${name}`),
    ...options.map((option) => `complete -c reckon -n '__fish_seen_subcommand_from ${command}' ${written(option)}`),
  ])
  return `# fish completion of reckon: reckon completion fish | source\n${lines.join('\n')}\n`
}

const written = ({ name, short, description, takesValue, choices }: CompletedOption) =>
  [
    `-l ${name}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(takesValue ? [`-x${choices.length > 0 ? ` -a '${choices.join(' ')}'` : ''}`] : []),
    `-d ${quoted(description)}`,
  ].join(' ')

const quoted = (text: string) => `'${text.replace(/['\\]/g, (character) => `\\${character}`)}'`
