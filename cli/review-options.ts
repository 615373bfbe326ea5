import type { ReviewOptions } from '../review';
import { acceptance, external } from './option-values';

/** The options of a review, which every command has that judges manifests. */
export const REVIEW_OPTIONS = {
  kubevirt: { type: 'string' },
  cdi: { type: 'string' },
  external: { type: 'string', multiple: true },
  closed: { type: 'boolean' },
  partial: { type: 'string', multiple: true },
  'feature-gate': { type: 'string', multiple: true },
  architecture: { type: 'string' },
  accept: { type: 'string', multiple: true },
} as const;

/** Their values, as `parseArgs` gives them. */
interface Values {
  readonly kubevirt?: string;
  readonly cdi?: string;
  readonly external?: readonly string[];
  readonly closed?: boolean;
  readonly partial?: readonly string[];
  readonly 'feature-gate'?: readonly string[];
  readonly architecture?: string;
  readonly accept?: readonly string[];
}

/** What they ask of a review; undefined where nothing is asked. */
export function reviewOptions(values: Values): ReviewOptions {
  return {
    kubevirt: values.kubevirt,
    cdi: values.cdi,
    external: values.external?.map((given) => external(given)),
    closed: values.closed,
    partial: values.partial?.map((given) => external(given, '--partial')),
    featureGates: values['feature-gate'],
    architecture: values.architecture,
    accept: values.accept?.map((given) => acceptance(given)),
  };
}
