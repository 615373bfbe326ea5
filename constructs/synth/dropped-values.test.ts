import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { VirtualMachine, VirtualMachineSpecTemplateSpecDomainMemoryGuest as Guest } from '../../imports/kubevirt.io';
import { ManifestApp } from './manifest-app';

let outdir: string;
let chart: Chart;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'dropped-'));
  chart = new Chart(new ManifestApp({ outdir }), 'shop');
});
afterEach(() => rmSync(outdir, { recursive: true }));

const synth = () => (chart.node.root as ManifestApp).synth();
const untyped = <T>(value: unknown) => value as T;

const machine = (guest: unknown) =>
  new VirtualMachine(chart, 'web', {
    spec: {
      runStrategy: 'Always',
      template: { spec: { domain: { devices: {}, memory: { guest: untyped<Guest>(guest) } } } },
    },
  });

describe('ManifestApp', () => {
  it('fails when a quantity of a generated class is plain text, with the path of the construct and of the field', () => {
    machine('4Gi');
    expect(synth).toThrow(
      `[shop/web] 'spec.template.spec.domain.memory.guest' must be what the generated class takes, which drops it, got "4Gi"; write the quantity as its class: ….fromString("4Gi")`,
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('fails when it would become null in a class of cdk8s-plus', () => {
    const requests = { storage: untyped<k8s.Quantity>('1Gi') };
    new k8s.KubePersistentVolumeClaim(chart, 'data', { spec: { resources: { requests } } });
    expect(synth).toThrow(`[shop/data] 'spec.resources.requests.storage' must be what the generated class takes`);
  });

  it('fails when the class does not know a field', () => {
    new k8s.KubeSecret(chart, 'login', untyped({ stringdata: { user: { name: 'a' } } }));
    expect(synth).toThrow(`[shop/login] 'stringdata' must be what the generated class takes, which drops it, got`);
  });

  it('takes quantities of their class, names that the class spells its own way, and objects without a class', () => {
    machine(Guest.fromString('4Gi'));
    const requests = { storage: k8s.Quantity.fromString('1Gi') };
    new k8s.KubePersistentVolumeClaim(chart, 'data', { spec: { resources: { requests } } });
    const args = untyped<string[]>(['a', null, undefined]);
    new k8s.KubePod(chart, 'pod', { spec: { hostIpc: true, containers: [{ name: 'a', args, securityContext: {} }] } });
    new Deployment(chart, 'server', { containers: [{ image: 'nginx' }] });
    new ApiObject(chart, 'any', untyped({ apiVersion: 'example.org/v1', kind: 'Any', spec: { size: '1Gi' } }));
    expect(synth).not.toThrow();
  });
});
