/** A code block of a runbook. */
export interface Block {
  /** Whether it is typed inside a guest. */
  readonly inGuest: boolean;
  readonly text: string;
}

/** An object that a command names. */
export interface Reference {
  readonly command: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The shell blocks of a runbook, in order. */
export function shellBlocks(runbook: string): Block[] {
  return [...runbook.matchAll(/(?<before>[^\n]*)\n\n```sh\n(?<text>.*?)\n```/gs)].map(({ groups = {} }) => ({
    inGuest: groups.before?.startsWith('In the guest') ?? false,
    text: groups.text ?? '',
  }));
}

/** All kubectl and virtctl commands of a runbook, those in its sentences too, each on one line. */
export function commandsOf(runbook: string): string[] {
  const inSentences = [...runbook.matchAll(/`((?:virtctl|kubectl) [^`\n]+ -[^`\n]+)`/g)].map(
    ([, command]) => command ?? '',
  );
  const inBlocks = shellBlocks(runbook)
    .filter(({ inGuest }) => !inGuest)
    .flatMap(({ text }) => text.replace(/ \\\n\s*/g, ' ').split('\n'))
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.match(/(?<![/\w])(kubectl|virtctl) (-|'[^']*'|[^|;&)'])*/g) ?? []);
  return [...inBlocks, ...inSentences].map((command) => command.trim());
}

/** The namespace that a command names. */
export function namespaceOf(command: string): string | undefined {
  return / -n (\S+)/.exec(command)?.[1]?.replace(/"$/, '');
}

/** The objects that a command names. */
export function referencesOf(command: string): Reference[] {
  const namespace = namespaceOf(command);
  const [program, verb, ...words] = command.split(/\s+/);
  const found: [string, string][] = [];
  if (program === 'virtctl') {
    const [first = '', second = ''] = words;
    if (verb === 'image-upload') found.push([first === 'dv' ? 'datavolume' : first, second]);
    else if (verb !== 'version') found.push(['vm', first]);
    const volume = /--volume-name=(\S+)/.exec(command)?.[1];
    if (volume !== undefined) found.push(['pvc', volume]);
  } else if (words.includes('-f')) {
    return [];
  } else if (verb === 'exec') {
    found.push(['pod', words[0] ?? '']);
  } else if (verb === 'create' && words[0] === 'namespace') {
    found.push(['namespace', words[1] ?? '']);
  } else if (verb === 'create' || (verb === 'describe' && words[0] === 'secret')) {
    found.push(['secret', words[verb === 'create' ? 2 : 1] ?? '']);
  } else {
    for (const word of words) {
      const [, kind, name] = /^([a-z]+)\/([a-z0-9.-]+)$/.exec(word) ?? [];
      if (kind !== undefined && name !== undefined) found.push([kind, name]);
    }
    const listed = ['namespace', 'storageclass'].find((kind) => words[0] === kind);
    const names = words.slice(1, words.findIndex((word) => word.startsWith('-')) >>> 0);
    if (listed !== undefined) for (const name of names) found.push([listed, name]);
  }
  return found.map(([kind, name]) => ({ command, kind, name, namespace }));
}
