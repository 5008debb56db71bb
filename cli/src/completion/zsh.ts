import type { CompletedOption, Completions } from './describe.ts'

export function zshCompletion(all: readonly Completions[]): string {
  const commands = all.map(({ command, summary }) => `    ${quoted(`${command}:${summary}`)}`)
  const cases = all.map(
    ({ command, subcommands, options }) => `      ${command})
        _arguments -s ${options.map(argument).join(' ')} ${words(subcommands)}
        ;;`,
  )
  return `#compdef reckon
# zsh completion of reckon: eval "$(reckon completion zsh)"
_reckon() {
  local -a commands
  commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    local command=$words[2]
    (( CURRENT -= 1 ))
    shift words
    case $command in
${cases.join('\n')}
      *) _default ;;
    esac
  fi
}
compdef _reckon reckon
`
}

const words = (subcommands: readonly string[]) =>
  subcommands.length === 0 ? "'*: :_default'" : `'1: :(${subcommands.join(' ')})' '*: :_default'`

/** As `_arguments` reads it: brackets hold what an option is for. */
function argument({ name, description, takesValue, choices }: CompletedOption): string {
  const about = description.replace(/[[\]:]/g, (character) => `\\${character}`)
  return quoted(`--${name}[${about}]${takesValue ? `:${name}:(${choices.join(' ')})` : ''}`)
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
