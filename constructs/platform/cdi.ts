import { Construct } from 'constructs';
import type { CdiSpecCloneStrategyOverride, CdiSpecImagePullPolicy } from '../../imports/cdi.kubevirt.io';
import { generated } from '../generated';
import { addClusterObject, checkProps, CLUSTER_OBJECT_PROPS, ClusterObjectProps } from '../shared/api-object';
import { checkBoolean, checkName, checkOneOf, checkTextList, fractionRemedy } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { CloneStrategy } from '../storage/facts';
import { CDI_PODS, CdiPods, checkPods, renderResources } from './cdi-pods';
import { renderPlacement } from './node-placement';

/** Props of `Cdi`: its settings. What is left out is as the release has it. */
export interface CdiProps extends ClusterObjectProps, CdiPods {
  /**
   * Address of the upload proxy, as clients outside the cluster see it: `https://…`.
   *
   * @default - that of an Ingress or Route, if there is one
   */
  readonly uploadProxyUrl?: string;

  /**
   * Registries that are reached without TLS, or with a certificate that nobody signed: `HOST[:PORT]`.
   *
   * @default - none
   */
  readonly insecureRegistries?: string[];

  /**
   * Storage class of the scratch space that imports and uploads convert images in.
   *
   * @default - the cluster's default class, else that of the disk
   */
  readonly scratchSpaceStorageClassName?: string;

  /**
   * Clone strategy that wins over every StorageProfile.
   *
   * @default - none
   */
  readonly cloneStrategyOverride?: CloneStrategy;

  /**
   * The part of a Filesystem claim that its file system takes, as a fraction from 0 to 1 of at most three decimals.
   *
   * @default - CDI's own: 0.06
   */
  readonly filesystemOverhead?: number;

  /**
   * Feature gates, by their exact names. The list is the whole list: a gate that is not in it is off. The object that
   * CDI's release brings lists `HonorWaitForFirstConsumer` and `WebhookPvcRendering` (v1.63.1).
   *
   * @default - none
   * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/waitforfirstconsumer-storage-handling.md
   */
  readonly featureGates?: string[];

  /**
   * Whether the space of disks is allocated when they are made.
   *
   * @default false
   */
  readonly preallocation?: boolean;
}

const PROPS: KnownKeys<CdiProps> = {
  ...CLUSTER_OBJECT_PROPS,
  uploadProxyUrl: true,
  insecureRegistries: true,
  scratchSpaceStorageClassName: true,
  cloneStrategyOverride: true,
  filesystemOverhead: true,
  featureGates: true,
  preallocation: true,
  ...CDI_PODS,
};

/**
 * The CDI object: the operator installs the Containerized Data Importer by it. A cluster has one.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/cdi-config.md
 */
export class Cdi extends Construct {
  /**
   * The CDI object of a cluster.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the CDI, unless `name` says otherwise.
   * @param props The settings.
   * @throws if CDI does not accept a setting; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: CdiProps = {}) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkCdi(faults, props);
    faults.refuse();
    const { featureGates, filesystemOverhead, insecureRegistries, podResources } = props;
    addClusterObject(this, generated.cdi.Cdi, props, {
      spec: {
        cloneStrategyOverride: props.cloneStrategyOverride as CdiSpecCloneStrategyOverride | undefined,
        config: {
          uploadProxyUrlOverride: props.uploadProxyUrl,
          insecureRegistries: insecureRegistries && [...insecureRegistries],
          scratchSpaceStorageClass: props.scratchSpaceStorageClassName,
          filesystemOverhead: filesystemOverhead === undefined ? undefined : { global: String(filesystemOverhead) },
          featureGates: featureGates && [...featureGates],
          podResourceRequirements: podResources && renderResources(podResources),
          preallocation: props.preallocation,
          logVerbosity: props.logVerbosity,
        },
        imagePullPolicy: props.imagePullPolicy as CdiSpecImagePullPolicy | undefined,
        infra: renderPlacement(props.infrastructure),
        workload: renderPlacement(props.workloads),
      },
    });
  }
}

function checkCdi(faults: Faults, props: CdiProps): void {
  const { uploadProxyUrl, insecureRegistries, filesystemOverhead } = props;
  const isAddress = typeof uploadProxyUrl === 'string' && /^https:\/\/[^\s/]+(\/\S*)?$/.test(uploadProxyUrl);
  if (uploadProxyUrl !== undefined && !isAddress) {
    faults.add('uploadProxyUrl', "be an address that starts with 'https://'", uploadProxyUrl);
  }
  checkRegistries(faults, insecureRegistries);
  if (props.scratchSpaceStorageClassName !== undefined) {
    checkName(faults, 'scratchSpaceStorageClassName', props.scratchSpaceStorageClassName);
  }
  checkOneOf(faults, 'cloneStrategyOverride', props.cloneStrategyOverride, CloneStrategy);
  // The CRD's own pattern: 0, 1, or 0. with one to three digits.
  const isFraction = typeof filesystemOverhead === 'number' && /^(0(\.\d{1,3})?|1)$/.test(String(filesystemOverhead));
  if (filesystemOverhead !== undefined && !isFraction) {
    const must = 'be a fraction from 0 to 1 of at most three decimals';
    faults.add('filesystemOverhead', must, filesystemOverhead, fractionRemedy(filesystemOverhead));
  }
  checkTextList(faults, 'featureGates', props.featureGates);
  checkBoolean(faults, 'preallocation', props.preallocation);
  checkPods(faults, props);
}

function checkRegistries(faults: Faults, registries: unknown): void {
  checkTextList(faults, 'insecureRegistries', registries);
  if (!Array.isArray(registries)) return;
  registries.forEach((registry, index) => {
    if (typeof registry !== 'string' || !/[/\s]/.test(registry)) return;
    const host = registry.replace(/^[a-z]+:\/+/i, '').replace(/[/\s][^]*$/, '');
    const remedy = host === '' ? undefined : `write '${host}'`;
    faults.add(`insecureRegistries[${index}]`, "be 'HOST' or 'HOST:PORT'", registry, remedy);
  });
}
