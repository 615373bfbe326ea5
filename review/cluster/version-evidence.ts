import { childIn, objectAt, objectsAt, textAt, textIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { isAtLeast } from './release-order';

/** The projects whose installed version an object may name. */
export type VersionedComponent = 'kubevirt' | 'cdi' | 'hco';

/** A version that an object names as the installed one. */
export interface VersionEvidence {
  readonly component: VersionedComponent;
  /** As it is written: `v1.6.2`, `1.16.0`. */
  readonly version: string;
  /** Where it stands: `status.observedKubeVirtVersion of KubeVirt kubevirt/kubevirt in kubevirt.yaml`. */
  readonly place: string;
}

/**
 * Every version that the objects name, in their order; of an object each component once. What runs a machine may be of the
 * release before an update: it counts where nothing else names the version of KubeVirt, and of several the newest alone.
 */
export function versionEvidence(objects: readonly Reviewed[]): VersionEvidence[] {
  const evidence: VersionEvidence[] = [];
  let launcher: VersionEvidence | undefined;
  for (const reviewed of objects) {
    const its = reviewed.object.kind === INSTANCE ? launcherVersion(reviewed) : undefined;
    if (its !== undefined && (launcher === undefined || isAtLeast(its.version, launcher.version))) launcher = its;
    const fields = FIELDS.get(textIn(reviewed.object, 'kind'));
    if (fields !== undefined || isMarked(reviewed.object)) {
      evidence.push(...versionsIn(reviewed, [...(fields ?? []), ...MARKS]));
    }
  }
  const isNamed = evidence.some(({ component }) => component !== 'cdi');
  return launcher === undefined || isNamed ? evidence : [...evidence, launcher];
}

const INSTANCE = 'VirtualMachineInstance';

/** The image of the pod of a machine that runs (KubeVirt v1.9.0: pkg/virt-controller/watch/vmi/lifecycle.go, setLauncherContainerInfo). */
function launcherVersion(reviewed: Reviewed): VersionEvidence | undefined {
  const image = textIn(childIn(reviewed.object, 'status'), 'launcherContainerImageVersion');
  // The images of products bear the versions of those.
  const version = /:(v?[01]\.\d+\.\d[^:/@]*)(?:@|$)/.exec(image)?.[1];
  if (version === undefined) return undefined;
  return { component: 'kubevirt', version, place: placeOf('status.launcherContainerImageVersion', reviewed) };
}

/** Whether it has an annotation or a label of an operator: most objects of a fleet have none. */
function isMarked(object: Json): boolean {
  const metadata = childIn(object, 'metadata');
  return MARKED.some(([, part, key]) => childIn(metadata, part)?.[key] !== undefined);
}

function versionsIn(reviewed: Reviewed, fields: readonly VersionField[]): Iterable<VersionEvidence> {
  const found = new Map<VersionedComponent, VersionEvidence>();
  for (const { component, field, read } of fields) {
    const version = found.has(component) ? '' : read(reviewed.object);
    if (version !== '') found.set(component, { component, version, place: placeOf(field, reviewed) });
  }
  return found.values();
}

/** Where a version of a component may stand. */
interface VersionField {
  readonly component: VersionedComponent;
  readonly field: string;
  /** The version; empty if it does not stand there. */
  readonly read: (object: Json) => string;
}

/**
 * What the operators write into the status of their objects, the version that runs before the one that is rolled out:
 * KubeVirt v1.9.0, staging/src/kubevirt.io/api/core/v1/types.go, KubeVirtStatus and KubeVirtSpec.ImageTag; CDI's and SSP's are
 * of controller-lifecycle-operator-sdk, api/types.go, Status; HyperConverged, api/v1beta1/hyperconverged_types.go, Versions.
 */
const FIELDS: ReadonlyMap<string, readonly VersionField[]> = new Map(
  Object.entries<readonly VersionField[]>({
    KubeVirt: [
      textField('kubevirt', 'status', 'observedKubeVirtVersion'),
      textField('kubevirt', 'status', 'targetKubeVirtVersion'),
      textField('kubevirt', 'spec', 'imageTag'),
      textField('kubevirt', 'status', 'operatorVersion'),
    ],
    CDI: [
      textField('cdi', 'status', 'observedVersion'),
      textField('cdi', 'status', 'targetVersion'),
      textField('cdi', 'status', 'operatorVersion'),
    ],
    HyperConverged: [
      {
        component: 'hco',
        field: 'status.versions',
        read: (object) => {
          const operator = objectsAt(object, 'status', 'versions').find(({ name }) => name === 'operator');
          return textAt(operator, 'version');
        },
      },
    ],
    Deployment: [imageField('kubevirt', 'virt-operator'), imageField('cdi', 'cdi-operator')],
  }),
);

/**
 * What the operators write on what they make: KubeVirt v1.9.0, pkg/virt-operator/resource/apply/reconcile.go,
 * injectOperatorMetadata; controller-lifecycle-operator-sdk, pkg/sdk/reconciler/reconciler.go, SetLabel.
 */
const MARKED: readonly (readonly [component: VersionedComponent, part: 'annotations' | 'labels', key: string])[] = [
  ['kubevirt', 'annotations', 'kubevirt.io/install-strategy-version'],
  ['cdi', 'labels', 'operator.cdi.kubevirt.io/updateVersion'],
  ['cdi', 'labels', 'operator.cdi.kubevirt.io/createVersion'],
];
const MARKS = MARKED.map(([component, part, key]) => textField(component, 'metadata', part, key));

function textField(component: VersionedComponent, ...path: readonly string[]): VersionField {
  return { component, field: path.join('.'), read: (object) => textAt(object, ...path) };
}

/** The tag of the operator's image, as its release manifests have it. */
function imageField(component: VersionedComponent, name: string): VersionField {
  return {
    component,
    field: 'the image',
    read: (object) => {
      if (textAt(object, 'metadata', 'name') !== name) return '';
      const containers = objectsAt(objectAt(object, 'spec', 'template', 'spec'), 'containers');
      const images = containers.map((container) => textAt(container, 'image'));
      const tags = images.map((image) => /:(v?\d+\.\d+\.\d[^:/@]*)(?:@|$)/.exec(image)?.[1] ?? '');
      return tags.find((tag) => tag !== '') ?? '';
    },
  };
}

function placeOf(field: string, { object, origin }: Reviewed): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  const name = textAt(object, 'metadata', 'name');
  const title = `${textAt(object, 'kind')} ${namespace === '' ? '' : `${namespace}/`}${name}`;
  return `${field} of ${title}${origin.file === undefined ? '' : ` in ${origin.file}`}`;
}
