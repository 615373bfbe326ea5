import { AppProps, IResolver, YamlOutputType } from 'cdk8s';
import { checkBoolean, isObject, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';

/**
 * Props of `ManifestApp`. In a project that the cdk8s command line synthesizes, no prop is needed.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export interface ManifestAppProps {
  /**
   * The folder that the files are written to, relative to the working folder.
   *
   * @default - the environment's `CDK8S_OUTDIR`, which `cdk8s synth` sets; without it `dist`
   */
  readonly outdir?: string;

  /**
   * What follows the path of a chart in the path of its file.
   *
   * @default '.k8s.yaml'
   */
  readonly outputFileExtension?: string;

  /**
   * Whether `construct-metadata.json`, which the validation plugins of the cdk8s command line
   * read, is written too.
   *
   * @default - as the environment's `CDK8S_RECORD_CONSTRUCT_METADATA` says, which `cdk8s synth` sets
   */
  readonly recordConstructMetadata?: boolean;

  /**
   * Whether what a GitOps engine needs is written too: a `kustomization.yaml` in each folder of
   * charts, for Flux and Kustomize, and the sync wave of its step on each object, for Argo CD: charts named
   * as steps (`1-disk`, `2-vm`) in their order, others after those that they depend on. In
   * a folder where a later chart restates an object, each chart stands in a folder of its own.
   *
   * @default false
   */
  readonly gitOps?: boolean;

  /**
   * Whether files that somebody else made are overwritten where the app writes one of the same path. Otherwise they
   * are refused by name, unless they hold what would be written.
   *
   * @default false
   */
  readonly overwrite?: boolean;

  /**
   * Resolvers that may replace values before they are written; the first one that does, wins.
   *
   * @default - those of cdk8s alone
   */
  readonly resolvers?: IResolver[];
}

/** Those of cdk8s's own App with them: an app that was one may still hold them. */
const PROPS: KnownKeys<ManifestAppProps & AppProps> = {
  outdir: true,
  outputFileExtension: true,
  yamlOutputType: true,
  recordConstructMetadata: true,
  gitOps: true,
  overwrite: true,
  resolvers: true,
};

/** Refuses unknown props, and values that a prop does not take. */
export function checkProps(props: ManifestAppProps & AppProps): void {
  const faults = new Faults('ManifestApp');
  if (typeof props === 'string') {
    addKind(faults, 'props', 'be an object', props, `write { outdir: ${JSON.stringify(props)} }`);
    faults.refuse();
  }
  requireObject(faults, 'props', props);
  checkKeys(faults, 'props', props, PROPS);
  const { outdir, outputFileExtension, yamlOutputType, recordConstructMetadata, gitOps, overwrite, resolvers } = props;
  if (outdir !== undefined && (typeof outdir !== 'string' || outdir === '')) faults.add('outdir', 'be a path', outdir);
  if (outputFileExtension !== undefined && !/^\.[A-Za-z0-9._-]+$/.test(outputFileExtension)) {
    faults.add('outputFileExtension', "be an ending such as '.k8s.yaml'", outputFileExtension);
  }
  if (yamlOutputType !== undefined && yamlOutputType !== YamlOutputType.FILE_PER_CHART) {
    const must = 'be left out, or YamlOutputType.FILE_PER_CHART';
    faults.add('yamlOutputType', must, yamlOutputType, 'a ManifestApp writes a file for each chart');
  }
  checkBoolean(faults, 'recordConstructMetadata', recordConstructMetadata);
  checkBoolean(faults, 'gitOps', gitOps);
  checkBoolean(faults, 'overwrite', overwrite);
  checkResolvers(faults, resolvers);
  faults.refuse();
}

function checkResolvers(faults: Faults, resolvers: unknown): void {
  if (resolvers === undefined) return;
  if (!Array.isArray(resolvers)) {
    addKind(faults, 'resolvers', 'be a list of resolvers', resolvers);
    return;
  }
  Array.from(resolvers, (resolver: unknown, index) => {
    if (isObject(resolver) && typeof resolver.resolve === 'function') return;
    addKind(faults, `resolvers[${index}]`, "be a resolver: an object with the method 'resolve'", resolver);
  });
}
