import { valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ClusterConfig, Json } from '../rule';
import { clusterConfig, ConfigOptions } from './config';
import { gateFault, isGateKnown, KNOWN_GATES } from './feature-gates';
import { operatorGates, PATCH_ANNOTATION } from './hyper-converged';
import { kindOf } from './kinds';
import { operatorConfiguration } from './operator-settings';

/** What one object says of its cluster, the file that it stands in, and the root that it is applied with. */
interface Said {
  readonly file: string | undefined;
  readonly root: string | undefined;
  readonly config: ClusterConfig;
}

/**
 * The configuration of each object's cluster, since a repository may hold several: a KubeVirt object speaks for its root; one
 * that is part of no root for its folder and those below it. The nearest counts: that of the same file, else of the deepest
 * folder; of several that are as near, a gate that any lists, and a setting that all have. Where none speaks and others
 * do elsewhere, any gate may be on.
 */
export class ClusterConfigs {
  private readonly said: readonly Said[];
  private readonly known = new Map<string, ClusterConfig>();
  /** That of every object, where no object speaks for a cluster. */
  private unsaid?: ClusterConfig;

  /**
   * @param objects Those of all roots that hold settings, at least.
   * @param releases The releases of KubeVirt and CDI, and whether nothing names them.
   * @param operators The releases of HyperConverged up to the one that the cluster has, if it has one.
   */
  constructor(
    private readonly options: ConfigOptions,
    objects: readonly Reviewed[],
    public readonly releases: Pick<ClusterConfig, 'release' | 'cdi' | 'releaseAssumed'> = {},
    operators: readonly string[] = [],
  ) {
    this.said = objects.flatMap(({ object, origin: { file }, root: its }) => {
      const [root, place] = [its?.name, file === undefined ? {} : { file }];
      switch (kindOf(object)?.settings) {
        case 'KubeVirt':
          return [{ file, root, config: { ...clusterConfig(options, object), ...from(options, file), ...place } }];
        case 'HyperConverged':
          return [{ file, root, config: setByOperator(options, object, operators) }];
        default:
          return [];
      }
    });
  }

  /** The configuration that holds for an object. */
  public of({ origin, root }: Partial<Pick<Reviewed, 'origin' | 'root'>>): ClusterConfig {
    if (this.said.length === 0) return (this.unsaid ??= { ...this.nearest(undefined, undefined), ...this.releases });
    const file = origin?.file;
    const key = `${root?.name ?? ''}\0${file ?? ''}`;
    let config = this.known.get(key);
    if (config === undefined) this.known.set(key, (config = { ...this.nearest(file, root?.name), ...this.releases }));
    return config;
  }

  private nearest(file: string | undefined, root: string | undefined): ClusterConfig {
    if (this.said.length === 0) return { ...clusterConfig(this.options), ...from(this.options) };
    const own = this.said.filter((one) => one.root === root);
    const near = own.map((one) => nearness(file, one.file, root === undefined));
    const most = Math.max(...near, NOT_NEAR);
    if (most === NOT_NEAR) return setElsewhere(this.options);
    return united(own.filter((_one, index) => near[index] === most).map(({ config }) => config));
  }
}

/**
 * What HyperConverged makes of the KubeVirt object: the gates that its release lists, and its settings. A gate that an earlier
 * release listed counts as on: it graduated. With a patch by annotation, or where its release is not known, any gate may be on.
 */
function setByOperator(options: ConfigOptions, object: Json, operators: readonly string[]): ClusterConfig {
  const config = clusterConfig(options);
  if (options.featureGates !== undefined || options.configuration !== undefined) return config;
  const isPatched = valueAt(object, 'metadata', 'annotations', PATCH_ANNOTATION) !== undefined;
  if (isPatched || operators.length === 0) return { ...config, anyGate: true, assumed: false };
  const gates = operators.map((version) => operatorGates(object, version));
  const { disabled } = gates.at(-1)!;
  const { developerConfiguration, ...configuration } = operatorConfiguration(object);
  const developer = {
    ...(developerConfiguration as Json | undefined),
    ...(disabled.length === 0 ? {} : { disabledFeatureGates: disabled }),
  };
  return {
    ...config,
    featureGates: new Set(gates.flatMap(({ listed }) => listed).filter((gate) => !disabled.includes(gate))),
    configuration:
      Object.keys(developer).length === 0 ? configuration : { ...configuration, developerConfiguration: developer },
    byOperator: true,
    assumed: false,
  };
}

/** Where the gates are said: the option, if it is given, else the file. */
function from({ featureGates }: ConfigOptions, file?: string): Pick<ClusterConfig, 'from'> {
  const place = featureGates === undefined ? file : 'the option for feature gates';
  return place === undefined ? {} : { from: place };
}

/** Of a cluster whose settings do not stand among the manifests, while those of others do: any gate may be on. */
function setElsewhere(options: ConfigOptions): ClusterConfig {
  const config = { ...clusterConfig(options), ...from(options) };
  return config.assumed === true ? { ...config, anyGate: true, assumed: false } : config;
}

/** It does not speak for a file. */
const NOT_NEAR = -1;

/**
 * How near an object stands to a file for which it speaks: the same file is nearest, then the deepest folder. Within a root
 * it speaks for every file; else for those of its folder and below it.
 */
function nearness(file: string | undefined, other: string | undefined, isBelowOnly: boolean): number {
  if (file === other) return Infinity;
  const [ours, theirs] = [file ?? '', other ?? ''].map((name) => name.split('/').slice(0, -1));
  const different = theirs!.findIndex((folder, index) => folder !== ours![index]);
  if (different < 0) return theirs!.length;
  return isBelowOnly ? NOT_NEAR : 0;
}

function united(configs: readonly ClusterConfig[]): ClusterConfig {
  const [first, ...others] = configs;
  if (others.length === 0) return first!;
  const agreed = ([key, value]: [string, unknown]): boolean =>
    others.every(({ configuration }) => JSON.stringify(configuration[key]) === JSON.stringify(value));
  return {
    ...first!,
    from: undefined,
    featureGates: new Set(configs.flatMap(({ featureGates }) => [...featureGates])),
    configuration: Object.fromEntries(Object.entries(first!.configuration).filter(agreed)),
    anyGate: configs.some(({ anyGate }) => anyGate === true),
    file: undefined,
  };
}

/** @throws if a gate of the options is only spelt wrong. */
export function checkGates({ featureGates = [] }: ConfigOptions): void {
  for (const gate of featureGates) {
    const { spelt = gate } = KNOWN_GATES.has(gate) ? {} : gateFault(gate);
    if (spelt === gate) continue;
    const must = "'featureGates' must be spelt as KubeVirt does";
    throw new Error(`[review] ${must}, got ${JSON.stringify(gate)}; write '${spelt}'`);
  }
}

/** What is to be said of gates that the options name and the release does not know. */
export function gateNotes({ featureGates = [] }: ConfigOptions, release: string): string[] {
  return featureGates.filter((gate) => !isGateKnown(gate, release)).map((gate) => gateFault(gate, release).message);
}
