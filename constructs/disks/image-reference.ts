import { Faults } from '../shared/refusal';

/** What a reference without a host is of: `alpine:3`; one with a host has a dot, a port or upper case in it. */
const HOST = /^(?:[^/]*[.:A-Z][^/]*|localhost)\//;

/** Between two words of letters and digits one dot, one or two '_', or any number of '-'. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

const TAG = /^\w[\w.-]{0,127}$/;

interface Reference {
  /** Host and port with the '/' behind them, or nothing. */
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  /** With the '@' before it, or nothing. */
  readonly digest: string;
}

/**
 * Notes what is no reference of an image behind `docker://`: CDI takes the DataVolume, and its importer then fails again
 * and again (CDI: pkg/importer/transport.go, parseImageName; the grammar: github.com/distribution/reference, regexp.go).
 */
export function checkImageReference(faults: Faults, property: string, url: string): void {
  const found = parse(url);
  const mended = { ...found, repository: found.repository.toLowerCase(), tag: found.tag || undefined };
  const remedy = isRepository(mended) && isTag(mended) ? `write '${format(mended)}'` : undefined;
  if (!isRepository(found)) {
    const must = "have a repository of lower-case letters and digits, with '.', '_', '-' and '/' between them";
    faults.add(property, must, url, remedy);
  }
  if (!isTag(found)) {
    const must = "have a tag of letters, digits, '_', '.' and '-', at most 128 characters, behind its ':'";
    faults.add(property, must, url, remedy);
  }
}

function isRepository({ repository }: Reference): boolean {
  return REPOSITORY.test(repository);
}

function isTag({ tag }: Reference): boolean {
  return tag === undefined || TAG.test(tag);
}

function parse(url: string): Reference {
  const reference = url.slice('docker://'.length);
  const host = HOST.exec(reference)?.[0] ?? '';
  const [, path = '', digest = ''] = /^([^@]*)([^]*)$/.exec(reference.slice(host.length)) ?? [];
  const [, repository = '', tag] = /^([^]*?)(?::([^/]*))?$/.exec(path) ?? [];
  return { host, repository, tag, digest };
}

function format({ host, repository, tag, digest }: Reference): string {
  return `docker://${host}${repository}${tag === undefined ? '' : `:${tag}`}${digest}`;
}
