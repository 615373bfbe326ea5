/** What is done so often that it is kept compiled, each by itself: a process reads no more than it needs. */
const COMMANDS: readonly string[] = ['check', 'inventory', 'diff', 'import', 'explain', 'rules'];

const HELP: readonly string[] = ['--help', '-h'];

/** What the program is loaded for, by its command line: a command, or `help`, which stands for all that is short. */
export function purposeOf([command = '', ...others]: readonly string[]): string {
  return others.some((word) => HELP.includes(word)) ? 'help' : (COMMANDS.find((one) => one === command) ?? 'help');
}
