import { objectAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';

/** Changes the CDI object that the operator makes: controllers/common/consts.go, JSONPatchCDIAnnotationName. */
const PATCH_ANNOTATION = 'containerizeddataimporter.kubevirt.io/jsonpatch';

/** Gates that every CDI object of the operator lists: controllers/handlers/cdi.go, getDefaultFeatureGates. */
const GATES = ['HonorWaitForFirstConsumer', 'DataVolumeClaimAdoption'];

/** A setting of `spec.config` of CDI, and where HyperConverged says it: in v1beta1 and in v1, below the spec. */
interface Passed {
  readonly cdi: string;
  readonly beta: string;
  readonly v1: string;
}

/**
 * hyperconverged-cluster-operator v1.15.2 to v1.18.1, controllers/handlers/cdi.go (v1.15 controllers/operands/cdi.go), NewCDI, and
 * hcoStorage2CDISpec of its main branch; the fields of v1 are of api/v1/hyperconverged_types.go, StorageConfig.
 */
const PASSED: readonly Passed[] = [
  {
    cdi: 'scratchSpaceStorageClass',
    beta: 'scratchSpaceStorageClass',
    v1: 'storage.scratchSpaceStorageClass',
  },
  { cdi: 'filesystemOverhead', beta: 'filesystemOverhead', v1: 'storage.filesystemOverhead' },
  {
    cdi: 'insecureRegistries',
    beta: 'storageImport.insecureRegistries',
    v1: 'storage.storageImport.insecureRegistries',
  },
  {
    cdi: 'podResourceRequirements',
    beta: 'resourceRequirements.storageWorkloads',
    v1: 'storage.workloadResourceRequirements',
  },
];

/**
 * The CDI object that HyperConverged writes, as far as the review reads one; undefined if its annotation may change all of it.
 */
export function operatorCdi(hyperConverged: Json): Json | undefined {
  if (valueAt(hyperConverged, 'metadata', 'annotations', PATCH_ANNOTATION) !== undefined) return undefined;
  const version = textAt(hyperConverged, 'apiVersion') === 'hco.kubevirt.io/v1beta1' ? 'beta' : 'v1';
  const spec = objectAt(hyperConverged, 'spec');
  const passed = PASSED.flatMap(({ cdi, ...from }) => {
    const value = valueAt(spec, ...from[version].split('.'));
    return value === undefined || value === null ? [] : [[cdi, value] as const];
  });
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'CDI',
    metadata: { name: 'cdi-kubevirt-hyperconverged' },
    spec: { config: { featureGates: GATES, ...Object.fromEntries(passed) } },
  };
}
