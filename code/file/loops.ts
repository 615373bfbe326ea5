import { Names, variableNameOf } from '../language/names';
import { Section } from './statement';

/** Sections that are equal but for a name. */
export interface Loop {
  readonly sections: readonly Section[];
  readonly names: readonly string[];
  /** The body, which names the machine by `name`. */
  readonly text: string;
}

/**
 * The loops of a file, by the sections that they say: machines, with what belongs to them, that are equal but for their names.
 *
 * @param used Variables that a statement takes.
 */
export function loopsOf(
  sections: readonly Section[],
  used: ReadonlySet<string>,
  print: (section: Section, indent: number) => string,
): ReadonlyMap<Section, Loop> {
  const alike = new Map<string, Section[]>();
  for (const section of sections) {
    const key = likenessOf(section);
    if (key === undefined) continue;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [section]);
    else known.push(section);
  }
  const users = usersOf(sections);
  const loops = new Map<Section, Loop>();
  for (const candidates of alike.values()) {
    if (candidates.length < 2) continue;
    const byText = new Map<string, Section[]>();
    for (const section of candidates) {
      if (!isClosed(section, users)) continue;
      const text = withName(print(section, 6), section.name!, variablesOf(section, used));
      byText.set(text, [...(byText.get(text) ?? []), section]);
    }
    for (const [text, equal] of byText) {
      if (equal.length < 2) continue;
      const names = equal.map(({ name }) => name!).sort(byNumber.compare);
      const loop = { sections: equal, names, text };
      for (const section of equal) loops.set(section, loop);
    }
  }
  return loops;
}

/** `web-2` before `web-10`; by the code of the characters, whatever the language of the machine. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** What sections that may be equal share; undefined of one that stands by itself. */
function likenessOf({ name, statements }: Section): string | undefined {
  const isPlain = statements.every(({ made, notes }) => made?.by === 'construct' && notes.length === 0);
  if (name === undefined || name === '' || !isPlain) return undefined;
  return statements
    .map(({ made }) => `${made!.way.type.split('.').at(-1)} ${Object.keys(made!.props.value as object).join()}`)
    .join('\n');
}

/** The sections whose statements take a variable. */
function usersOf(sections: readonly Section[]): ReadonlyMap<string, ReadonlySet<Section>> {
  const users = new Map<string, Set<Section>>();
  for (const section of sections) {
    for (const { made } of section.statements) {
      if (made === undefined) continue;
      for (const name of [made.way.type.split('.', 1)[0]!, ...made.props.names]) {
        if (/^[a-z]/.test(name)) users.set(name, (users.get(name) ?? new Set()).add(section));
      }
    }
  }
  return users;
}

/** Whether nobody else takes a variable of a section. */
function isClosed(section: Section, users: ReadonlyMap<string, ReadonlySet<Section>>): boolean {
  return section.statements.every(({ variable }) =>
    [...((variable !== undefined && users.get(variable)) || [])].every((user) => user === section),
  );
}

/** The variables of a section, and what they are called where the machine is called `name`. */
function variablesOf({ name = '', statements }: Section, used: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Names('');
  const local = new Map<string, string>();
  for (const { variable, id = '', made } of statements) {
    if (variable === undefined || !used.has(variable)) continue;
    const isMachine = made?.way.knownAs?.some((kind) => kind === 'vm' || kind === 'fleet') === true;
    const rest = id === name ? '' : id.replace(name, '');
    local.set(variable, names.of(variableNameOf(rest, isMachine ? 'vm' : 'disk')));
  }
  return local;
}

/** A text of code in which a name of a machine became the variable `name`, and its variables what they are called in a loop. */
export function withName(text: string, name: string, variables: ReadonlyMap<string, string>): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const named = new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, 'g');
  return text.replace(
    /'((?:[^'\\]|\\.)*)'(:)?|(?<![.\w$])[A-Za-z_$][\w$]*(?![\w$]|:)/g,
    (all: string, inner?: string, colon?: string) => {
      if (inner === undefined) return variables.get(all) ?? all;
      const said = inner.replace(named, '\0');
      if (said === inner) return all;
      const code =
        said === '\0'
          ? 'name'
          : `\`${said.replace(/[`$]/g, '\\$&').replaceAll('\0', '${name}').replaceAll("\\'", "'")}\``;
      return colon === undefined ? code : `[${code}]:`;
    },
  );
}
