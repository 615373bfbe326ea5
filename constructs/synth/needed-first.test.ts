import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestApp } from './manifest-app';

const object = (scope: Construct, kind: string, name: string, namespace?: string, spec: object = {}): ApiObject =>
  new ApiObject(scope, `${kind}-${name}`, { apiVersion: 'v1', kind, metadata: { name, namespace }, spec } as never);

/** Kind and name of each document, in the order of the stream. */
function order(make: (app: ManifestApp) => void): string[] {
  const app = new ManifestApp({ outdir: 'unused' });
  make(app);
  return documents(app.synthYaml());
}

function documents(text: string): string[] {
  return text.split(/^---$/m).map((one) => {
    const [, kind = ''] = /^kind: (.*)$/m.exec(one) ?? [];
    const [, name = ''] = /^ {2}name: (.*)$/m.exec(one) ?? [];
    return `${kind} ${name}`;
  });
}

const TYPED = {
  instancetype: { name: 'small' },
  preference: { kind: 'VirtualMachinePreference', name: 'p' },
  template: { spec: {} },
};

type Given = readonly [kind: string, name: string, namespace?: string, spec?: object];

describe('the objects of a chart', () => {
  const inChart = (...objects: readonly Given[]): string[] =>
    order((app) => {
      const chart = new Chart(app, 'chart');
      for (const [kind, name, namespace, spec] of objects) object(chart, kind, name, namespace, spec);
    });

  test.each<[title: string, given: readonly Given[], expected: readonly string[]]>([
    [
      'stay in their order where nothing is late',
      [
        ['ConfigMap', 'a', 'other'],
        ['Namespace', 'shop'],
        ['VirtualMachine', 'web', 'shop'],
      ],
      ['ConfigMap a', 'Namespace shop', 'VirtualMachine web'],
    ],
    [
      'begin with a Namespace that stood behind what is in it',
      [
        ['ConfigMap', 'a', 'other'],
        ['VirtualMachine', 'web', 'shop'],
        ['Secret', 's', 'shop'],
        ['Namespace', 'shop'],
      ],
      ['ConfigMap a', 'Namespace shop', 'VirtualMachine web', 'Secret s'],
    ],
    [
      'leave a Namespace of others where it is',
      [
        ['VirtualMachine', 'web', 'shop'],
        ['Namespace', 'other'],
      ],
      ['VirtualMachine web', 'Namespace other'],
    ],
    [
      'put a Namespace before a quota, and both before a machine',
      [
        ['VirtualMachine', 'web', 'shop'],
        ['ResourceQuota', 'team', 'shop'],
        ['Namespace', 'shop'],
      ],
      ['Namespace shop', 'ResourceQuota team', 'VirtualMachine web'],
    ],
    [
      'leave a quota of another namespace where it is',
      [
        ['DataVolume', 'd', 'shop'],
        ['LimitRange', 'team', 'other'],
      ],
      ['DataVolume d', 'LimitRange team'],
    ],
    [
      'put classes before claims and snapshots',
      [
        ['PersistentVolumeClaim', 'data', 'shop', { storageClassName: 'fast' }],
        ['VirtualMachineSnapshot', 's', 'shop'],
        ['VolumeSnapshotClass', 'snap'],
        ['StorageClass', 'fast'],
      ],
      ['StorageClass fast', 'PersistentVolumeClaim data', 'VolumeSnapshotClass snap', 'VirtualMachineSnapshot s'],
    ],
    [
      'put instance types and preferences before machines',
      [
        ['VirtualMachine', 'web', 'shop', TYPED],
        ['VirtualMachinePreference', 'p', 'shop'],
        ['VirtualMachineClusterInstancetype', 'small'],
      ],
      ['VirtualMachineClusterInstancetype small', 'VirtualMachinePreference p', 'VirtualMachine web'],
    ],
    [
      'leave classes, instance types and preferences where nothing names them',
      [
        ['PersistentVolumeClaim', 'data', 'shop', { storageClassName: 'slow' }],
        ['VirtualMachine', 'web', 'shop', TYPED],
        ['StorageClass', 'fast'],
        ['VirtualMachineInstancetype', 'small', 'shop'],
        ['VirtualMachinePreference', 'p', 'other'],
      ],
      [
        'PersistentVolumeClaim data',
        'VirtualMachine web',
        'StorageClass fast',
        'VirtualMachineInstancetype small',
        'VirtualMachinePreference p',
      ],
    ],
    [
      'put an instance type before its pool',
      [
        ['VirtualMachinePool', 'workers', 'shop', { virtualMachineTemplate: { spec: TYPED } }],
        ['VirtualMachineClusterInstancetype', 'small'],
      ],
      ['VirtualMachineClusterInstancetype small', 'VirtualMachinePool workers'],
    ],
    [
      'leave a Namespace behind what stands in no namespace, though the chart has one',
      [
        ['PriorityClass', 'high', 'shop'],
        ['Namespace', 'shop', 'shop'],
      ],
      ['PriorityClass high', 'Namespace shop'],
    ],
  ])('%s', (_title, given, expected) => expect(inChart(...given)).toEqual(expected));

  test('keep a dependency that was said', () => {
    expect(
      order((app) => {
        const chart = new Chart(app, 'chart');
        const settings = object(chart, 'ConfigMap', 'settings', 'shop');
        object(chart, 'Secret', 'late', 'shop');
        object(chart, 'Namespace', 'shop').addDependency(settings);
      }),
    ).toEqual(['Secret late', 'ConfigMap settings', 'Namespace shop']);
  });

  test('begin with a Namespace also where others depend on one another', () => {
    const written = order((app) => {
      const chart = new Chart(app, 'chart');
      const first = object(chart, 'ConfigMap', 'a', 'other');
      object(chart, 'VirtualMachine', 'web', 'shop');
      object(chart, 'Namespace', 'shop');
      first.addDependency(object(chart, 'ConfigMap', 'z', 'other'));
    });
    expect(written).toEqual(['ConfigMap z', 'ConfigMap a', 'Namespace shop', 'VirtualMachine web']);
  });
});

describe('the charts of an app', () => {
  const machines = (app: ManifestApp): Chart => {
    const chart = new Chart(app, 'machines', { namespace: 'shop' });
    object(chart, 'VirtualMachine', 'web');
    return chart;
  };
  const place = (app: ManifestApp): Chart => {
    const chart = new Chart(app, 'place');
    object(chart, 'Namespace', 'shop');
    return chart;
  };

  test('begin with the one whose Namespace others need', () => {
    const make = (app: ManifestApp): void => {
      machines(app);
      object(new Chart(app, 'other'), 'ConfigMap', 'a', 'elsewhere');
      place(app);
    };
    expect(order(make)).toEqual(['Namespace shop', 'VirtualMachine web', 'ConfigMap a']);
  });

  test('stay in their order where nothing is late', () => {
    const make = (app: ManifestApp): void => {
      object(new Chart(app, 'other'), 'ConfigMap', 'a', 'elsewhere');
      place(app);
      machines(app);
    };
    expect(order(make)).toEqual(['ConfigMap a', 'Namespace shop', 'VirtualMachine web']);
  });

  test('keep a dependency that was said', () => {
    const make = (app: ManifestApp): void => {
      const first = machines(app);
      place(app).addDependency(first);
    };
    expect(order(make)).toEqual(['VirtualMachine web', 'Namespace shop']);
  });

  test('name their files as ever', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'needed-'));
    try {
      const app = new ManifestApp({ outdir });
      const chart = machines(app);
      object(chart, 'Namespace', 'shop');
      app.synth();
      expect(readdirSync(outdir).sort()).toEqual(['.cdk8s-files', 'machines.k8s.yaml']);
      const text = readFileSync(join(outdir, 'machines.k8s.yaml'), 'utf8');
      expect(documents(text)).toEqual(['Namespace shop', 'VirtualMachine web']);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
