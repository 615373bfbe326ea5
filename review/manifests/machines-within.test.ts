import { machineWithin } from './machines-within';

const release = (spec: object) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'shop' },
  spec,
});
const machines = (spec: object) => ({
  apiVersion: 'infrastructure.cluster.x-k8s.io/v1alpha1',
  kind: 'KubevirtMachineTemplate',
  spec: { template: { spec } },
});

describe('machineWithin', () => {
  test.each([
    ['example.com/v1', 'HelmRelease'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmChart'],
    ['example.com/v1', 'Template'],
  ])('says nothing of %s %s', (apiVersion, kind) =>
    expect(
      machineWithin({ ...release({ chart: { spec: { chart: 'c' } } }), apiVersion, kind }, 'a.yaml'),
    ).toBeUndefined(),
  );

  test('says how the chart of a HelmRelease is rendered', () => {
    const chart = release({ releaseName: 'web', chart: { spec: { chart: './charts/vm' } } });
    expect(machineWithin(chart, 'a.yaml')).toBe(
      'what its chart makes, a VM maybe, was not looked at: helm template web ./charts/vm --values VALUES | cdk8s-kubevirt check -',
    );
    expect(machineWithin(release({ chartRef: { kind: 'OCIRepository', name: 'vms' } }), 'a.yaml')).toContain(
      'helm template shop vms --values VALUES',
    );
  });

  test('says how the machine of a KubevirtMachineTemplate is rendered', () => {
    expect(machineWithin(machines({ virtualMachineTemplate: {} }), 'my machines.yaml')).toBe(
      `the VM within was not looked at: yq 'select(.kind == "KubevirtMachineTemplate") | .spec.template.spec.virtualMachineTemplate | .apiVersion = "kubevirt.io/v1" | .kind = "VirtualMachine" | .metadata.name = "vm"' 'my machines.yaml' | cdk8s-kubevirt check -`,
    );
    expect(machineWithin(machines({}), 'a.yaml')).toBeUndefined();
  });

  test('names the parameters of a Template that have no value, if it holds a machine', () => {
    const template = (apiVersion: string) => ({
      apiVersion: 'template.openshift.io/v1',
      kind: 'Template',
      objects: [{ apiVersion, kind: 'VirtualMachine' }],
      parameters: [{ name: 'A', value: '' }, { name: 'B', generate: 'expression' }, { name: 'C' }],
    });
    expect(machineWithin(template('kubevirt.io/v1'), 't.yaml')).toContain('oc process --local -f t.yaml -p C=… |');
    expect(machineWithin(template('apps/v1'), 't.yaml')).toBeUndefined();
  });

  test('knows no machine within anything else', () => {
    expect(machineWithin({ apiVersion: 'v1', kind: 'Template', objects: [] }, 'a.yaml')).toBeUndefined();
    expect(machineWithin({ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' }, 'a.yaml')).toBeUndefined();
  });
});
