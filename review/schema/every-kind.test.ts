import { report } from '..';
import { Finding } from '../finding';
import { allPairs, ReleasePair, sources } from './releases';
import { KUBERNETES, SCHEMAS } from './tree';

const NAMED = new Set(['schema-kind', 'schema-version']);

/** A type of a CRD, and the pairs that serve it. */
interface Served {
  readonly apiVersion: string;
  readonly kind: string;
  readonly pairs: string[];
}

/** Every type that any held release of KubeVirt, CDI, HyperConverged, SSP or the network CRD serves. */
const types = [...servedTypes().values()];

function servedTypes(): ReadonlyMap<string, Served> {
  const found = new Map<string, Served>();
  for (const pair of allPairs()) {
    for (const source of sources(pair)) {
      if (source === KUBERNETES) continue;
      for (const { apiVersion, kind } of SCHEMAS.types(source)) {
        const served = found.get(`${apiVersion} ${kind}`) ?? { apiVersion, kind, pairs: [] };
        served.pairs.push(`${pair.kubevirt} ${pair.cdi}`);
        found.set(`${apiVersion} ${kind}`, served);
      }
    }
  }
  return found;
}

function reviewOf(apiVersion: string, kind: string, pair: ReleasePair) {
  const manifest = { apiVersion, kind, metadata: { name: 'one', namespace: 'there' } };
  const { findings, unchecked } = report([manifest], { kubevirt: pair.kubevirt, cdi: pair.cdi });
  const reasons = unchecked.filter(({ object }) => object !== undefined).map(({ reason }) => reason);
  return { findings, reasons };
}

const isRefusal = ({ rule, severity }: Finding): boolean => severity === 'error' && NAMED.has(rule);

describe('a tree with an object of every kind and version that a held release serves', () => {
  test('holds what the releases of KubeVirt and CDI, and the operators beside them, bring', () => {
    const names = types.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(
      expect.arrayContaining([
        'kubevirt.io/v1 VirtualMachine',
        'kubevirt.io/v1alpha3 VirtualMachine',
        'kubevirt.io/v1 VirtualMachineInstance',
        'kubevirt.io/v1 VirtualMachineInstanceReplicaSet',
        'kubevirt.io/v1 VirtualMachineInstancePreset',
        'pool.kubevirt.io/v1alpha1 VirtualMachinePool',
        'pool.kubevirt.io/v1beta1 VirtualMachinePool',
        'snapshot.kubevirt.io/v1beta1 VirtualMachineSnapshotContent',
        'export.kubevirt.io/v1 VirtualMachineExport',
        'backup.kubevirt.io/v1alpha1 VirtualMachineBackupTracker',
        'plugin.kubevirt.io/v1alpha1 Plugin',
        'cdi.kubevirt.io/v1beta1 ObjectTransfer',
        'cdi.kubevirt.io/v1beta1 CDIConfig',
        'forklift.cdi.kubevirt.io/v1beta1 OvirtVolumePopulator',
        'hco.kubevirt.io/v1beta1 HyperConverged',
        'hco.kubevirt.io/v1 HyperConverged',
        'ssp.kubevirt.io/v1beta3 SSP',
        'k8s.cni.cncf.io/v1 NetworkAttachmentDefinition',
      ]),
    );
  });

  describe.each(allPairs())('under KubeVirt $kubevirt and CDI $cdi', (pair) => {
    test.each(types)('$apiVersion $kind is judged, or is one error that names it', ({ apiVersion, kind, pairs }) => {
      const { findings, reasons } = reviewOf(apiVersion, kind, pair);
      if (pairs.includes(`${pair.kubevirt} ${pair.cdi}`)) {
        expect(findings.filter(isRefusal)).toEqual([]);
        expect(reasons.filter((reason) => reason.startsWith('no schema'))).toEqual([]);
      } else {
        expect(findings).toHaveLength(1);
        expect(isRefusal(findings[0]!)).toBe(true);
        expect(findings[0]!.message).toContain(JSON.stringify(findings[0]!.field === 'kind' ? kind : apiVersion));
      }
    });
  });

  test.each([
    ['kubevirt.io', 'VirtualMachine', 'apiVersion', `'kubevirt.io/v1'`],
    ['cdi.kubevirt.io', 'DataVolume', 'apiVersion', `'cdi.kubevirt.io/v1beta1'`],
    ['kubevirt.io/v2', 'VirtualMachine', 'apiVersion', `'kubevirt.io/v1'`],
    ['kubevirt.io/v1', 'VirtualMachin', 'kind', `'kind'`],
    ['snapshot.kubevirt.io/v1beta1', 'Snapshot', 'kind', `'kind'`],
  ])('names %s %s, which no held release serves, in one error', (apiVersion, kind, field, says) => {
    for (const pair of allPairs()) {
      const { findings } = reviewOf(apiVersion, kind, pair);
      expect(findings.map((one) => one.field)).toEqual([field]);
      expect(findings[0]!.message).toContain(says);
    }
  });

  test('leaves a kind unchecked that another project serves in a group of KubeVirt', () => {
    const kind = 'MultiNamespaceVirtualMachineStorageMigrationPlan';
    const { findings, reasons } = reviewOf('migrations.kubevirt.io/v1alpha1', kind, allPairs()[0]!);
    expect(findings).toEqual([]);
    expect(reasons).toEqual([`no schema of migrations.kubevirt.io/v1alpha1 ${kind}`]);
  });

  test('leaves a kind of any other group unchecked', () => {
    const { findings, reasons } = reviewOf('example.com/v1', 'VirtualMachine', allPairs()[0]!);
    expect(findings).toEqual([]);
    expect(reasons).toEqual(['no schema of example.com/v1 VirtualMachine']);
  });
});
