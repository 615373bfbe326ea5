/**
 * From manifests to TypeScript that rebuilds them with the constructs of `cdk8s-kubevirt`.
 *
 * @packageDocumentation
 */

export { codeOf } from './code';
export { ImportCount, Program } from './program';
