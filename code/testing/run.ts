import { createRequire } from 'node:module';
import { transformSync } from '@swc/core';
import { App, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Program } from '..';

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

/** The statements of a program, without the class around them. */
export function statementsOf({ text }: Program): string {
  return text.replace(/^[^]*?super\([^]*?\);\n\n/, '').replace(/ {2}\}\n\}\n$/, '');
}
