import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { madeBy } from './made';

const of = (apiVersion: string, kind: string, spec: Json, annotations: Json = {}): Reviewed => ({
  object: { apiVersion, kind, metadata: { name: 'own', annotations }, spec },
  origin: {},
});
const harvester = (text: string) =>
  of('kubevirt.io/v1', 'VirtualMachine', {}, { 'harvesterhci.io/volumeClaimTemplates': text });
const templates = { dataVolumeTemplates: [{ metadata: { name: 'a' } }, {}] };

describe('madeBy', () => {
  test.each<[string, Reviewed, readonly (readonly [string, string])[]]>([
    ['the templates of a VM', of('kubevirt.io/v1', 'VirtualMachine', templates), [['DataVolume', 'a']]],
    [
      'the templates of a pool',
      of('pool.kubevirt.io/v1alpha1', 'VirtualMachinePool', { virtualMachineTemplate: { spec: templates } }),
      [['DataVolume', 'a']],
    ],
    [
      'the DataSource of an import',
      of('cdi.kubevirt.io/v1beta1', 'DataImportCron', { managedDataSource: 'a' }),
      [['DataSource', 'a']],
    ],
    [
      'the target of an ExternalSecret',
      of('external-secrets.io/v1beta1', 'ExternalSecret', { target: { name: 'a' } }),
      [['Secret', 'a']],
    ],
    ['an ExternalSecret without one', of('external-secrets.io/v1', 'ExternalSecret', {}), [['Secret', 'own']]],
    ['a SealedSecret', of('bitnami.com/v1alpha1', 'SealedSecret', {}), [['Secret', 'own']]],
    ['a Certificate', of('cert-manager.io/v1', 'Certificate', { secretName: 'a' }), [['Secret', 'a']]],
    ["Harvester's claims", harvester('[{"metadata":{"name":"a"}}, 5]'), [['PersistentVolumeClaim', 'a']]],
    ["Harvester's annotation in no JSON", harvester('['), []],
    ['a kind of the same name', of('example.com/v1', 'Certificate', { secretName: 'a' }), []],
  ])('knows %s', (_title, object, made) => expect(madeBy(object)).toEqual(made));
});
