import { loadAll } from 'js-yaml';
import { kubectlSchema } from './kubectl-schema';
import { NOT_PLAIN } from './plain-bytes';

const SMALL_INTEGER = /^(?:0|[1-9]\d{0,8})$/;

/** What is text without a question: a quantity, and a word that is neither `true`, `yes` or `null`, nor written in another way. */
const TEXT = /^(?:\d+(?:[KMGT]i?|m)|(?!(?:y|yes|n|no|true|false|on|off|null)$)[a-z]+)$/i;

const OPTIONS = { schema: kubectlSchema() };

/** The longest scalar whose answer is kept. */
const LONGEST_KEPT = 12;

/** Those that most manifests ask for are known: most checks need no js-yaml, which takes as long to load as a file to check. */
const answers = new Map<string, unknown>([
  ['true', true],
  ['false', false],
]);
const MOST_ANSWERS = 10_000;

/** What a scalar without quotes says: js-yaml decides, by the schema, and its answers are kept. */
export function plainScalar(text: string): unknown {
  if (SMALL_INTEGER.test(text)) return Number(text);
  if (TEXT.test(text)) return text;
  if (answers.has(text)) return answers.get(text);
  if (answers.size > MOST_ANSWERS) answers.clear();
  const value = resolved(text);
  if (text.length <= LONGEST_KEPT) answers.set(text, value);
  return value;
}

function resolved(text: string): unknown {
  const a = read(text);
  // JSON has neither an infinite number nor a zero below zero.
  if (typeof a === 'number' && (!Number.isFinite(a) || Object.is(a, -0))) throw NOT_PLAIN;
  return a;
}

/** What js-yaml makes of a scalar; one that it does not take, such as one with a part of a letter, is left to it with its text. */
function read(text: string): unknown {
  try {
    const [{ a } = { a: undefined }] = loadAll(`a: ${text}\n`, OPTIONS) as { a: unknown }[];
    return a;
  } catch {
    throw NOT_PLAIN;
  }
}
