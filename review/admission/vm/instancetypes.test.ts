import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { INSTANCETYPE_RULES } from './instancetypes';

const noMemory = { 'T.domain.memory': undefined };
const template = { 'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } } };

function instancetype(matcher: object): Json {
  return { ...noMemory, 'spec.instancetype': matcher };
}

function preference(matcher: object): Json {
  return { 'spec.preference': matcher };
}

function inferred(spec: object, policy?: string): Json {
  return {
    ...template,
    ...instancetype({ inferFromVolume: 'root', ...(policy && { inferFromVolumeFailurePolicy: policy }) }),
    'spec.dataVolumeTemplates': [{ metadata: { name: 'dv' }, spec: { ...spec, storage: {} } }],
  };
}

describe('INSTANCETYPE_RULES', () => {
  testRules(INSTANCETYPE_RULES, [
    {
      rule: 'instancetype-named',
      accepts: instancetype({ name: 'any', kind: 'Any' }),
      refuses: instancetype({ kind: 'VirtualMachineInstancetype' }),
      field: 'spec.instancetype',
      says: "'name' must be given",
    },
    {
      rule: 'instancetype-named',
      accepts: preference({ name: 'p' }),
      refuses: preference({}),
      field: 'spec.preference',
      says: "'name' must be given",
    },
    {
      rule: 'instancetype-inferred-without-name',
      accepts: instancetype({ inferFromVolume: 'root' }),
      refuses: instancetype({ name: 'u1', inferFromVolume: 'root' }),
      field: 'spec.instancetype.name',
      says: 'got "u1"',
    },
    {
      rule: 'instancetype-inferred-without-kind',
      accepts: instancetype({ inferFromVolume: 'root' }),
      refuses: preference({ kind: 'VirtualMachinePreference', inferFromVolume: 'root' }),
      field: 'spec.preference.kind',
      says: 'got "VirtualMachinePreference"',
    },
    {
      rule: 'instancetype-infer-failure-policy-known',
      accepts: instancetype({ inferFromVolume: 'root', inferFromVolumeFailurePolicy: 'Reject' }),
      refuses: instancetype({ inferFromVolume: 'root', inferFromVolumeFailurePolicy: 'Skip' }),
      field: 'spec.instancetype.inferFromVolumeFailurePolicy',
      says: 'got "Skip"',
    },
    {
      rule: 'instancetype-infer-volume-exists',
      accepts: instancetype({ inferFromVolume: 'root' }),
      refuses: instancetype({ inferFromVolume: 'nope', inferFromVolumeFailurePolicy: 'Ignore' }),
      field: 'spec.instancetype.inferFromVolume',
      says: 'got "nope"',
    },
    {
      rule: 'instancetype-infer-volume-claim',
      accepts: {
        ...instancetype({ inferFromVolume: 'root', inferFromVolumeFailurePolicy: 'Ignore' }),
        'T.volumes.0': { name: 'root', containerDisk: { image: 'x' } },
      },
      refuses: {
        ...instancetype({ inferFromVolume: 'root' }),
        'T.volumes.0': { name: 'root', containerDisk: { image: 'x' } },
      },
      field: 'spec.instancetype.inferFromVolume',
      says: 'got ["containerDisk"]',
    },
    {
      rule: 'instancetype-infer-template-source',
      accepts: inferred({ sourceRef: { kind: 'DataSource', name: 'd' } }),
      refuses: inferred({ source: { blank: {} } }),
      field: 'spec.instancetype.inferFromVolume',
      says: 'got "dv"',
    },
    {
      rule: 'instancetype-revision-renamed',
      accepts: instancetype({ name: 'u2', revisionName: 'r2' }),
      refuses: instancetype({ name: 'u2', revisionName: 'r1' }),
      old: instancetype({ name: 'u1', revisionName: 'r1' }),
      field: 'spec.instancetype.revisionName',
      says: 'got "r1"',
    },
    {
      rule: 'instancetype-revision-renamed',
      accepts: instancetype({ name: 'u1', revisionName: 'r1' }),
      refuses: instancetype({ name: 'u', revisionName: 'r1' }),
      old: instancetype({ name: 'u1', revisionName: 'r1' }),
      field: 'spec.instancetype.revisionName',
      says: `be left out where 'name' becomes "u"`,
    },
  ]);

  test.each<[string, object, string[]]>([
    ['has a pvc source', { source: { pvc: { name: 'p' } } }, []],
    ['has another source', { source: { blank: {} } }, ['spec.instancetype.inferFromVolume']],
  ])('infers from a template that %s', (_what, spec, fields) => {
    expect(refusals(inferred(spec))).toEqual(fields);
  });

  test('infers nothing from a DataVolume that is no template of the machine', () => {
    const machine = { ...inferred({ source: { blank: {} } }), 'spec.dataVolumeTemplates': undefined };
    expect(refusals(machine)).toEqual([]);
  });

  test('lets an inference fail where that is to be ignored', () => {
    expect(refusals(inferred({ source: { blank: {} } }, 'Ignore'))).toEqual([]);
  });
});
