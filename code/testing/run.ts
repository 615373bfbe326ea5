import { createRequire } from 'node:module';
import { transformSync } from '@swc/core';
import { App, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { codeOf, ImportCount, Program } from '..';
import { parseManifests } from '../../review';

/** A manifest that a chart makes. */
export type Made = { [field: string]: unknown };

/** Runs the text of a program, and answers what its chart makes. */
export function run({ text, className }: Program): Made[] {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    configFile: false,
    swcrc: false,
  });
  const exported: { [name: string]: new (scope: Construct, id: string) => never } = {};
  new Function('require', 'exports', code)(createRequire(__filename), exported);
  return Testing.synth(new exported[className]!(new App(), 'test')) as Made[];
}

const AFTER_SUPER = ');\n\n';

/** The statements of a program, without the class around them. */
export function statementsOf({ text }: Program): string {
  const begin = text.indexOf(AFTER_SUPER, text.indexOf('super('));
  return text.slice(begin + AFTER_SUPER.length).replace(/ {2}\}\n\}\n$/, '');
}

/** The only program of manifests in YAML. */
export interface ImportedYaml {
  /** Its statements, as if a line had no end. */
  readonly code: string;
  /** Its comments, in one line. */
  readonly notes: string;
  readonly count: ImportCount;
  readonly made: Made[];
}

/** Imports manifests in YAML, which give one program, and runs that. */
export function imported(yaml: string): ImportedYaml {
  const [program, ...others] = codeOf(parseManifests(yaml));
  if (program === undefined || others.length > 0) throw new Error(`${others.length} other programs`);
  const lines = statementsOf(program).split('\n');
  const inOne = (isNote: boolean): string =>
    lines
      .filter((line) => /^ *\/\//.test(line) === isNote)
      .map((line) => line.replace(/^ *(?:\/\/ *)?/, ''))
      .join(' ')
      .trim();
  const code = inOne(false)
    .replace(/([([]) /g, '$1')
    .replace(/, \}/g, ' }')
    .replace(/, ([)\]])/g, '$1');
  return { code, notes: inOne(true), count: program.count, made: run(program) };
}
