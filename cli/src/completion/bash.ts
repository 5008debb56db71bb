import type { Completions } from './describe.ts'

/** For bash, also 3.2 of macOS. */
export function bashCompletion(all: readonly Completions[]): string {
  const names = all.map(({ command }) => command)
  const cases = all.map(
    ({ command, subcommands, options }) => `    ${command})
      words='${[...subcommands, ...options.map(({ name }) => `--${name}`)].join(' ')}'
      ;;`,
  )
  const values = new Map(
    all.flatMap(({ options }) =>
      options.filter(({ takesValue }) => takesValue).map(({ name, choices }) => [name, choices]),
    ),
  )
  const valueCases = [...values].map(
    ([name, choices]) => `    --${name})
      COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current"))
      return
      ;;`,
  )
  return `# bash completion of reckon: eval "$(reckon completion bash)"
_reckon() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words
  case $previous in
${valueCases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${names.join(' ')} --help --version'
  else
    case \${COMP_WORDS[1]} in
${cases.join('\n').replaceAll(/^/gm, '  ')}
      *) words='${(all[0]?.options ?? []).map(({ name }) => `--${name}`).join(' ')}' ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _reckon reckon
`
}
