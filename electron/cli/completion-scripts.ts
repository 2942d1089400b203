import type { CommandOptions, Completion, Operands } from './command';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it. */
export interface CompletedCommand {
  name: string;
  summary: string;
  options: CommandOptions;
  operands: Operands;
}

/** The script for one shell. It holds everything: to complete a word nothing of Laurel is started. */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return zshScript(commands);
    case 'fish':
      return fishScript(commands);
  }
}

/** In single quotes, for any of the three. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const names = (commands: readonly CompletedCommand[]): string[] => [...commands.map(({ name }) => name), 'help'];
const EVERYWHERE = '--help';

const bashOffer = (completion: Completion | undefined): string => {
  if (completion === 'files') return '_laurel_files -f';
  if (completion === 'folders') return '_laurel_files -d';
  return completion === undefined || completion.length === 0 ? ':' : `_laurel_words ${quoted(completion.join(' '))}`;
};

const isParted = (operands: Operands): operands is Exclude<Operands, Completion> =>
  typeof operands === 'object' && 'first' in operands;

/** The first word behind the command is one of some. */
const bashOperands = (operands: Operands): string =>
  isParted(operands)
    ? `if (( COMP_CWORD == 2 )); then ${bashOffer(operands.first)}; else ${bashOffer(operands.then)}; fi`
    : bashOffer(operands);

function bashScript(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap(({ name, options, operands }) => {
    const all = Object.entries(options);
    const valued = all.filter(([, { type }]) => type === 'string');
    const byOffer = new Map<string, string[]>();
    for (const [option, { completes }] of valued) {
      const offer = bashOffer(completes);
      byOffer.set(offer, [...(byOffer.get(offer) ?? []), `--${option}`]);
    }
    return [
      `    ${name})`,
      '      case $before in',
      ...[...byOffer].map(([offer, of]) => `        ${of.join('|')}) ${offer}; return ;;`),
      '      esac',
      '      case $word in',
      `        -*) _laurel_words ${quoted([...all.map(([option]) => `--${option}`), EVERYWHERE].join(' '))}; return ;;`,
      '      esac',
      `      ${bashOperands(operands)} ;;`,
    ];
  });
  return [
    '# Completions of laurel for bash: source <(laurel completions bash)',
    '_laurel_words() {',
    "  local IFS=$' \\t\\n'",
    '  COMPREPLY=($(compgen -W "$1" -- "$word"))',
    '}',
    '_laurel_files() {',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($(compgen "$1" -- "$word"))',
    '  compopt -o filenames 2>/dev/null',
    '}',
    '_laurel() {',
    '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}',
    '  COMPREPLY=()',
    '  # bash parts --option=value into three words.',
    '  if [[ $word == "=" ]]; then word=',
    '  elif [[ $before == "=" ]]; then before=${COMP_WORDS[COMP_CWORD-2]}',
    '  fi',
    '  if (( COMP_CWORD == 1 )); then',
    `    _laurel_words ${quoted([...names(commands), EVERYWHERE, '--version'].join(' '))}`,
    '    return',
    '  fi',
    '  case ${COMP_WORDS[1]} in',
    ...cases,
    `    help) _laurel_words ${quoted(commands.map(({ name }) => name).join(' '))} ;;`,
    '  esac',
    '}',
    'complete -F _laurel laurel',
    '',
  ].join('\n');
}

const zshOffer = (completion: Completion | undefined): string => {
  if (completion === 'files') return '_files';
  if (completion === 'folders') return '_files -/';
  return completion === undefined || completion.length === 0 ? ' ' : `(${completion.join(' ')})`;
};

const zshOperands = (operands: Operands): string[] => {
  if (isParted(operands))
    return [quoted(`1:operand:${zshOffer(operands.first)}`), quoted(`*:operand:${zshOffer(operands.then)}`)];
  return zshOffer(operands) === ' ' ? [] : [quoted(`*:operand:${zshOffer(operands)}`)];
};

function zshScript(commands: readonly CompletedCommand[]): string {
  const described = commands.map(
    ({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', String.raw`\:`)}`)}`,
  );
  const cases = commands.flatMap(({ name, options, operands }) => {
    const specs = Object.entries(options).map(([option, { type, multiple, completes }]) => {
      const repeated = multiple === true ? '*' : '';
      return quoted(type === 'boolean' ? `--${option}` : `${repeated}--${option}=:value:${zshOffer(completes)}`);
    });
    const rest = zshOperands(operands);
    return [`    ${name}) _arguments -s ${[...specs, quoted('--help'), ...rest].join(' ')} ;;`];
  });
  return [
    '#compdef laurel',
    '# Completions of laurel for zsh: laurel completions zsh > ~/.zfunc/_laurel',
    '_laurel() {',
    '  local -a commands',
    '  commands=(',
    ...described,
    '  )',
    '  if (( CURRENT == 2 )); then',
    "    _describe 'command' commands",
    '    return',
    '  fi',
    '  local command=$words[2]',
    '  shift words',
    '  (( CURRENT -= 1 ))',
    '  case $command in',
    ...cases,
    "    help) _describe 'command' commands ;;",
    '  esac',
    '}',
    '_laurel "$@"',
    '',
  ].join('\n');
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const offer = (completion: Completion | undefined): string => {
    if (completion === 'files') return ' -r -F';
    if (completion === 'folders') return " -x -a '(__fish_complete_directories)'";
    return completion === undefined || completion.length === 0 ? ' -x' : ` -x -a ${quoted(completion.join(' '))}`;
  };
  const lines = commands.flatMap(({ name, summary, options, operands }) => {
    const within = `complete -c laurel -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c laurel -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...Object.entries(options).map(
        ([option, { type, completes }]) => `${within} -l ${option}${type === 'boolean' ? '' : offer(completes)}`,
      ),
      ...(isParted(operands)
        ? [`${within} -a ${quoted(operands.first.join(' '))}`]
        : operands === 'files' || operands === 'folders'
          ? []
          : [`${within} -f${operands.length === 0 ? '' : ` -a ${quoted(operands.join(' '))}`}`]),
    ];
  });
  return [
    '# Completions of laurel for fish: laurel completions fish > ~/.config/fish/completions/laurel.fish',
    'complete -c laurel -l help',
    ...lines,
    '',
  ].join('\n');
}
