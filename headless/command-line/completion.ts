import type { CommandSpec, OptionSpec } from './command-spec.ts'

/** The shells that can complete the commands. */
export const shells = ['bash', 'zsh', 'fish'] as const

export type CompletionShell = (typeof shells)[number]

/** A script with which a shell completes the commands; it runs `accounts` to complete the names of accounts. */
export const completionScript = (
  shell: CompletionShell,
  commands: readonly CommandSpec[],
  shared: readonly OptionSpec[],
): string => {
  switch (shell) {
    case 'bash':
      return bash(commands, shared)
    case 'zsh':
      return zsh(commands, shared)
    case 'fish':
      return fish(commands, shared)
  }
}

const program = 'discourse-notifier'
const listAccounts = `${program} accounts 2>/dev/null`
/** What a shell offers after an option. */
const offered = ({ choices, suggests }: Pick<OptionSpec, 'choices' | 'suggests'>): readonly string[] | undefined =>
  choices ?? suggests

const flag = ({ name }: OptionSpec): string => `--${name}`

/** What follows an option, in bash. */
const bashValues = (option: OptionSpec): string => {
  const { completes } = option
  const choices = offered(option)
  if (choices !== undefined) return `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word"))`
  if (completes === undefined) return 'COMPREPLY=()'
  const source = { files: '-f', folders: '-d', accounts: `-W "$(${listAccounts})"` }[completes]
  return `COMPREPLY=($(compgen ${source} -- "$word"))`
}

const bashWords = ({ words }: CommandSpec): string => {
  const choices = words.flatMap((word) => offered(word) ?? []).join(' ')
  const accounts = words.some(({ completes }) => completes === 'accounts') ? ` $(${listAccounts})` : ''
  return `${choices}${accounts}`
}

const bash = (commands: readonly CommandSpec[], shared: readonly OptionSpec[]): string => {
  const all = [...shared, ...commands.flatMap(({ options }) => options)]
  const withValue = [
    ...new Map(all.filter(({ value }) => value !== undefined).map((option) => [option.name, option])).values(),
  ]
  return `# bash completion for ${program}: eval "$(${program} completion bash)"
# Accounts are completed with their @.
COMP_WORDBREAKS="\${COMP_WORDBREAKS//@}"
_discourse_notifier() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' i
  COMPREPLY=()
  case "$before" in
${withValue.map((option) => `    ${flag(option)}) ${bashValues(option)}; return ;;`).join('\n')}
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      --profile|--color) ((i++)) ;;
      -*) ;;
      *) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  local words='' options='${shared.map(flag).join(' ')}'
  case "$command" in
    '') words='help ${commands.map(({ name }) => name).join(' ')}' ;;
    help) words='${commands.map(({ name }) => name).join(' ')}' ;;
${commands
  .map(
    (command) =>
      `    ${command.name}) options="$options ${command.options.map(flag).join(' ')}"; words="${bashWords(command)}" ;;`,
  )
  .join('\n')}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  else COMPREPLY=($(compgen -W "$words" -- "$word")); fi
}
complete -F _discourse_notifier ${program}
`
}

/** Text within single quotes of zsh's _arguments, where brackets and colons have a meaning. */
const zshText = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&')

const zshOption = (option: OptionSpec): string => {
  const { name, short, value, completes, summary } = option
  const choices = offered(option)
  const text = `[${zshText(summary)}]`
  const known = { files: '_files', folders: '_files -/', accounts: '_discourse_notifier_accounts' }
  const action = choices === undefined ? (completes === undefined ? ' ' : known[completes]) : `(${choices.join(' ')})`
  const after = value === undefined ? '' : `:${value}:${action}`
  return short === undefined
    ? `'--${name}${text}${after}'`
    : `'(-${short} --${name})'{-${short},--${name}}'${text}${after}'`
}

const zsh = (commands: readonly CommandSpec[], shared: readonly OptionSpec[]): string => `#compdef ${program}
# zsh completion for ${program}: put it into a file _${program} in a folder of $fpath
_discourse_notifier_accounts() {
  local -a accounts
  accounts=(\${(f)"$(${listAccounts})"})
  (( $#accounts )) && compadd -a accounts
}
_discourse_notifier() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C ${shared.map(zshOption).join(' ')} '1: :->command' '*:: :->words'
  case "$state" in
    command)
      local -a commands
      commands=(${commands.map(({ name, summary }) => `'${name}:${zshText(summary)}'`).join(' ')} 'help:explains a command')
      _describe -t commands command commands ;;
    words)
      case "$line[1]" in
        help) _arguments '1:command:(${commands.map(({ name }) => name).join(' ')})' ;;
${commands
  .map((command) => {
    const words = command.words.map((word, index) => {
      const { name, completes } = word
      const choices = offered(word)
      const action =
        choices === undefined
          ? completes === 'accounts'
            ? '_discourse_notifier_accounts'
            : ' '
          : `(${choices.join(' ')})`
      return `'${word.isRepeated === true ? '*' : index + 1}:${name}:${action}'`
    })
    return `        ${command.name}) _arguments ${[...command.options, ...shared].map(zshOption).join(' ')} ${words.join(' ')} ;;`
  })
  .join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = _discourse_notifier ]; then _discourse_notifier "$@"; else compdef _discourse_notifier ${program}; fi
`

const fishText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const fishOption = (condition: string, option: OptionSpec): string => {
  const { name, short, value, completes, summary } = option
  const choices = offered(option)
  const known = {
    files: ' -rF',
    folders: " -xa '(__fish_complete_directories)'",
    accounts: ` -xa '(${listAccounts})'`,
  }
  const values =
    choices === undefined ? (completes === undefined ? ' -x' : known[completes]) : ` -xa '${choices.join(' ')}'`
  const letter = short === undefined ? '' : ` -s ${short}`
  return `complete -c ${program}${condition} -l ${name}${letter}${value === undefined ? '' : values} -d ${fishText(summary)}`
}

const fish = (commands: readonly CommandSpec[], shared: readonly OptionSpec[]): string => {
  const after = (name: string): string => ` -n '__fish_seen_subcommand_from ${name}'`
  const isFirst = ` -n 'not __fish_seen_subcommand_from help ${commands.map(({ name }) => name).join(' ')}'`
  const lines = commands.flatMap((command) => [
    `complete -c ${program}${isFirst} -a ${command.name} -d ${fishText(command.summary)}`,
    ...command.words.flatMap((word) => {
      const { completes, summary } = word
      const words = offered(word)?.join(' ') ?? (completes === 'accounts' ? `(${listAccounts})` : undefined)
      return words === undefined
        ? []
        : [`complete -c ${program}${after(command.name)} -a '${words}' -d ${fishText(summary)}`]
    }),
    ...command.options.map((option) => fishOption(after(command.name), option)),
  ])
  return `# fish completion for ${program}: put it into ~/.config/fish/completions/${program}.fish
complete -c ${program} -f
complete -c ${program}${isFirst} -a help -d 'explains a command'
complete -c ${program}${after('help')} -a '${commands.map(({ name }) => name).join(' ')}'
${shared.map((option) => fishOption('', option)).join('\n')}
${lines.join('\n')}
`
}
