import { Names, variableNameOf } from '../language/names';
import { Section } from './statement';

/**
 * What sections share that are equal but for the names of their machines: their objects and ids as JSON, in whose texts the name
 * stands where no letter and no digit is beside it.
 */
export function likenessOf(name: string, content: unknown): string {
  const text = JSON.stringify(content);
  // A name of digits is not meant where a number is.
  return /^\d+$|^(?:true|false|null)$/.test(name)
    ? text.replace(/"(?:[^"\\]|\\[^])*(?:"|\\?$)/g, (one) => nameless(one, name))
    : nameless(text, name);
}

/** A text with `\0` where `occurrences` finds a name: the likeness of thousands of machines is asked for, each by a name of its own. */
function nameless(text: string, name: string): string {
  let done = '';
  let from = 0;
  for (let at = text.indexOf(name); at !== -1;) {
    const end = at + name.length;
    const isWhole = !OF_WORD.test(text.charAt(at - 1)) && !OF_WORD.test(text.charAt(end));
    if (isWhole) {
      done += `${text.slice(from, at)}\0`;
      from = end;
    }
    at = text.indexOf(name, isWhole ? end : at + 1);
  }
  return done + text.slice(from);
}

/** A letter or a digit of ASCII. */
const OF_WORD = /[A-Za-z0-9]/;

function occurrences(name: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9])`, 'g');
}

/** Whether all of a section is made by constructs, said by their props, and nothing is to be said of it. */
export function isPlain({ statements }: Section): boolean {
  return statements.every(
    ({ made, notes }) => made?.by === 'construct' && made.overridden.length === 0 && notes.length === 0,
  );
}

/** The variables of a section, and what they are called where the machine is called `name`. */
export function variablesOf({ name = '', statements }: Section): ReadonlyMap<string, string> {
  const names = new Names('');
  const local = new Map<string, string>();
  for (const { variable, id = '' } of statements) {
    if (variable === undefined) continue;
    const rest = id === name ? 'vm' : id.replace(name, '');
    local.set(variable, names.of(variableNameOf(rest, 'disk')));
  }
  return local;
}

/** Comments, texts and variables. A text always has its end. */
const WORDS = /\/\/.*|'((?:[^'\\]|\\[^])*)(?:'(:)?|\\?$)|(?<![.\w$])[A-Za-z_$][\w$]*(?![\w$]|:)/g;

/**
 * A text of code in which a name of a machine became the variable `name`, and its variables what they are called in a loop.
 * Comments stay: an apostrophe in them begins no text.
 */
export function withName(text: string, name: string, variables: ReadonlyMap<string, string>): string {
  const named = occurrences(name);
  return text.replace(WORDS, (all: string, inner?: string, colon?: string) => {
    if (inner === undefined) return variables.get(all) ?? all;
    const said = inner.replace(named, '\0');
    if (said === inner) return all;
    const code =
      said === '\0'
        ? 'name'
        : `\`${said.replace(/[`$]/g, '\\$&').replaceAll('\0', '${name}').replaceAll("\\'", "'")}\``;
    return colon === undefined ? code : `[${code}]:`;
  });
}
