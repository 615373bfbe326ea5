import { printable } from '../../constructs/shared/printable';
import { Unchecked } from '../report';
import { byReason, count, groups, titleOf } from './words';

/** Reasons of one kind, and how many of them are said in one line. */
interface Topic {
  readonly of: RegExp;
  /** What is counted, and what is said of it: `42 objects of kinds without a schema`. */
  readonly line: (entries: readonly Unchecked[]) => string;
}

/** The kinds of reasons of which a repository has many. */
const TOPICS: readonly Topic[] = [
  {
    of: /^no schema of /,
    line: (entries) =>
      `${count(entries.length, 'object')} of kinds without a schema: ${most(entries, ({ object }) => object?.kind ?? '')}`,
  },
  {
    of: /^no Kubernetes (object|…)|^a manifest must be|^an item of a list must be/,
    line: (entries) => `${count(entries.length, 'document')} without a Kubernetes object: ${most(entries, fileOf)}`,
  },
  {
    of: /fill in what stands for something else first$/,
    line: (entries) =>
      `${count(entries.length, 'object')} not reviewed where placeholders stand for something else: ${most(entries, fileOf)}`,
  },
  {
    of: /^a patch, or another file/,
    line: (entries) =>
      `${count(entries.length, 'document')} of Kustomizations that are no whole objects: patches, values, settings`,
  },
  {
    of: /^no Kustomization lists it/,
    line: (entries) =>
      `${count(entries.length, 'document')} that no Kustomization lists, so that nobody applies them: ${most(entries, fileOf)}`,
  },
  {
    of: /^not built with kustomize/,
    line: (entries) =>
      `${count(entries.length, 'Kustomization')} not built with kustomize, as they take what is remote, a plugin or a Helm chart: what their patches, prefixes and generators touch is not judged for what it lacks`,
  },
  {
    of: /^only a part of an object/,
    line: (entries) =>
      `${count(entries.length, 'object')} that may be parts of others: what they lack is right if another owner holds the rest`,
  },
  {
    of: /was not looked at: /,
    line: (entries) =>
      `the VM within ${count(entries.length, 'object')} was not looked at: ${most(entries, ({ object }) => object?.kind ?? '')}; ${entries[0]!.reason.replace(/^.*? was not looked at: /, '')}`,
  },
];

/** As many reasons of a kind as these are listed one by one. */
const MOST_LISTED = 2;

/** As many lines as these are written of reasons of no kind that is known. */
const MOST_OTHERS = 6;

const ALL = '--verbose lists all';

/** A few lines with counts; or a line for each entry. */
export function uncheckedLines(unchecked: readonly Unchecked[], isVerbose: boolean): string[] {
  if (isVerbose) return unchecked.map((entry) => printable(`${placeOf(entry)}: ${entry.reason}`));
  const byTopic = groups(unchecked, ({ reason }) => String(TOPICS.findIndex(({ of }) => of.test(reason))));
  let isShort = false;
  const lines = byTopic.flatMap((entries) => {
    const topic = TOPICS.find(({ of }) => of.test(entries[0]!.reason));
    const each = byReason(entries).map(({ first, more, reason }) => `${placeOf(first)}${more}: ${reason}`);
    if (topic !== undefined && each.length > MOST_LISTED) {
      isShort = true;
      return [topic.line(entries)];
    }
    if (each.length <= MOST_OTHERS) return each;
    isShort = true;
    return [...each.slice(0, MOST_OTHERS - 1), `${each.length - MOST_OTHERS + 1} other reasons`];
  });
  return [...lines, ...(isShort ? [ALL] : [])].map(printable);
}

function placeOf({ object, file = '' }: Unchecked): string {
  const title = object === undefined || object.kind === '' ? '' : titleOf(object);
  return `${file} ${title}`.trim() || 'manifests';
}

function fileOf({ file = 'manifests' }: Unchecked): string {
  return file;
}

/** As many names as these are written. */
const MOST_NAMED = 4;

/** The commonest of some names, with their numbers: `Template (2219), Route (16) and 12 others`. */
function most(entries: readonly Unchecked[], nameOf: (entry: Unchecked) => string): string {
  const all = [...groups(entries, nameOf)].sort((a, b) => b.length - a.length);
  const named = all
    .slice(0, MOST_NAMED)
    .map((same) => `${nameOf(same[0]!)}${same.length > 1 ? ` (${same.length})` : ''}`);
  const others = all.length - named.length;
  return `${named.join(', ')}${others > 0 ? ` and ${others} other${others === 1 ? '' : 's'}` : ''}`;
}
