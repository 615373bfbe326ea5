import { join } from 'node:path';

/**
 * The module of `imports/` that holds the generated classes of a group. It is that of the constructs, in the package and in a clone
 * that has not been compiled; it is loaded when it is asked for, since an import would load every one with the command.
 *
 * @throws if the group has none.
 */
export function generatedModule(group: string): Readonly<Record<string, unknown>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(join(__dirname, '..', '..', 'imports', group)) as Readonly<Record<string, unknown>>;
}
