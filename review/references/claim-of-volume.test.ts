import { Json } from '../rule';
import { found, object } from '../testing/reference-tester';
import { CLAIM_OF_VOLUME_RULES } from './claim-of-volume';

const RULE = 'data-volume-claim-taken';
const claim = (metadata: Json = {}, namespace = 'n') =>
  object('PersistentVolumeClaim', 'x', { metadata: { name: 'x', namespace, ...metadata } });
const volume = (annotations?: Json) =>
  object('DataVolume', 'x', { metadata: { name: 'x', namespace: 'n', ...(annotations && { annotations }) } });
const of = (...objects: Parameters<typeof found>[2]) => found(CLAIM_OF_VOLUME_RULES, RULE, objects);

describe(RULE, () => {
  test.each([
    ['claim first', [claim(), volume()]],
    ['claim last, in what is applied together', [volume(), claim()]],
    ['claim in an earlier step', [claim(), { ...volume(), origin: { file: 'b.yaml' } }]],
  ])('warns of a claim and a DataVolume of one name: %s', (_title, objects) => {
    expect(of(...objects)).toEqual([
      {
        name: 'x',
        field: 'metadata.name',
        message: `'name' must be of no PersistentVolumeClaim among the manifests, got "x"; CDI refuses a DataVolume whose claim exists and is not its own`,
      },
    ]);
  });

  test.each<[title: string, objects: Parameters<typeof found>[2]]>([
    [
      'the operator of all lets CDI adopt claims',
      [claim(), volume(), object('HyperConverged', 'h', { apiVersion: 'hco.kubevirt.io/v1beta1', spec: {} })],
    ],
    ['they are of two namespaces', [claim({}, 'other'), volume()]],
    [
      'the claim is populated for it',
      [claim({ annotations: { 'cdi.kubevirt.io/storage.populatedFor': 'x' } }), volume()],
    ],
    ['it may adopt the claim', [claim(), volume({ 'cdi.kubevirt.io/allowClaimAdoption': 'true' })]],
    ['it says that it is filled', [claim(), volume({ 'cdi.kubevirt.io/storage.prePopulated': 'x' })]],
    [
      'it owns the claim',
      [claim({ ownerReferences: [{ kind: 'DataVolume', name: 'x', controller: true }] }), volume()],
    ],
    ['a later step makes the claim larger', [volume(), { ...claim(), origin: { file: 'b.yaml' } }]],
    [
      'a step after that says the DataVolume again',
      [volume(), { ...claim(), origin: { file: 'b.yaml' } }, { ...volume(), origin: { file: 'c.yaml' } }],
    ],
    ['an operator sets the gates of CDI', [claim(), volume(), object('HyperConverged', 'h')]],
    [
      'every DataVolume may adopt',
      [claim(), volume(), object('CDI', 'cdi', { spec: { config: { featureGates: ['DataVolumeClaimAdoption'] } } })],
    ],
  ])('says nothing where %s', (_title, objects) => {
    expect(of(...objects)).toEqual([]);
  });

  test.each<[title: string, objects: Parameters<typeof found>[2]]>([
    [
      'the claim is populated for another',
      [claim({ annotations: { 'cdi.kubevirt.io/storage.populatedFor': 'y' } }), volume()],
    ],
    ['it may not adopt', [claim(), volume({ 'cdi.kubevirt.io/allowClaimAdoption': 'false' })]],
    [
      'another kind owns the claim',
      [claim({ ownerReferences: [{ kind: 'Pod', name: 'x', controller: true }] }), volume()],
    ],
  ])('warns where %s', (_title, objects) => {
    expect(of(...objects)).toHaveLength(1);
  });
});
