import { LAB } from './lab';

/** A setting as a word of a command that somebody pastes into a shell: in single quotes where it is not plain. */
export function shellWord(text: string): string {
  return isPlain(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A setting within double quotes. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/["$`\\]/g, '\\$&');
}

/** A variable that holds a setting: in quotes where it may have more than one word. */
export function variable(name: string, setting: string): string {
  return isPlain(setting) ? `$${name}` : `"$${name}"`;
}

function isPlain(text: string): boolean {
  return /^[\w./:@%+=,-]+$/.test(text);
}

/** The folder of what the runbooks download or make. */
export const WORK_FOLDER = shellWord(LAB.workFolder);
