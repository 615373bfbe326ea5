import { Names } from '../language/names';

/** What stands above a class, and the text of the class. */
export interface WithConstants {
  readonly constants: string;
  readonly body: string;
}

/** A text in lines, with the key or the call that it stands behind: a word is looked at from its beginning alone, and a thousand lines at most, as both may be long. */
const LINES =
  /(?:'([^'\n]+)'|(?<!\w)([A-Za-z]\w*))(: |\()(\[\n(?: +'(?:[^'\\\n]|\\.)*',\n){1,1000} *\]\.join\('\\n'\))/g;

/** As many lines are worth a name. */
const LEAST_LINES = 4;

/**
 * Texts of several lines that stand in the body more than once, as constants above it.
 *
 * @param taken Names that something else in the file has.
 */
export function withConstants(body: string, taken: Iterable<string>): WithConstants {
  const times = new Map<string, number>();
  for (const [, , , , text] of body.matchAll(LINES)) {
    const key = flush(text!);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const names = new Names('_', [...taken]);
  const constants = new Map<string, string>();
  const replaced = body.replace(LINES, (all: string, quoted?: string, plain?: string, gap?: string, text?: string) => {
    const key = flush(text!);
    if (times.get(key) === 1 || key.split('\n').length < LEAST_LINES + 2) return all;
    let name = constants.get(key);
    if (name === undefined) constants.set(key, (name = names.of(constantNameOf(quoted ?? plain ?? '', gap!))));
    return `${all.slice(0, all.length - text!.length)}${name}`;
  });
  const lines = [...constants].map(([text, name]) => `const ${name} = ${text};\n\n`);
  return { constants: lines.join(''), body: replaced };
}

/** A text as it stands at the beginning of a line. */
function flush(text: string): string {
  return text.replace(/\n +'/g, "\n  '").replace(/\n +\]/, '\n]');
}

/** `instancetype.kubevirt.io/description` → `DESCRIPTION`; of a call the text of a guest. */
function constantNameOf(key: string, gap: string): string {
  if (gap === '(') return 'USER_DATA';
  const words = key.replace(/^.*\//, '').replace(/([a-z])([A-Z])/g, '$1_$2');
  const name = words
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase();
  return /^[A-Z]/.test(name) ? name : 'TEXT';
}
