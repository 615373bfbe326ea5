import { sameWord } from './likeness';

/** A class whose instances its static methods make. */
export interface FactoryClass {
  readonly prototype: object;
  readonly name: string;
}

/** What to write for a value that is no instance: an example, or what follows from the value. */
export type Example = string | ((value: unknown) => string);

/** The remedy for a value that is no instance of the class: the factory that a text names, else the example. */
export function factoryRemedy(type: FactoryClass, value: unknown, example: Example): string {
  const factories = Object.getOwnPropertyNames(type).filter((name) => typeof valueOf(type, name) === 'function');
  const named = typeof value === 'string' ? sameWord(value, factories) : undefined;
  if (named !== undefined) return `write ${type.name}.${named}(${valueOf(type, named).length > 0 ? '…' : ''})`;
  return typeof example === 'string' ? `write for example ${example}` : `write ${example(value)}`;
}

function valueOf(type: FactoryClass, name: string): { readonly length: number } {
  return (type as unknown as Record<string, { readonly length: number }>)[name]!;
}

/** The example of a factory that takes a name: with the text that was given, else with one that there may be. */
export function byName(factory: string, usual: string): Example {
  return (value) => {
    const isName = typeof value === 'string' && value !== '';
    return isName ? `${factory}(${JSON.stringify(value)})` : `for example ${factory}('${usual}')`;
  };
}
