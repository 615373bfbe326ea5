import { ApiObject, App, Chart, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { review } from '../../review';

const SIZE = Size.gibibytes(1);
const WEB = kv.VirtualMachine.fromName('web', { namespace: 'apps' });

/** What the cluster has already. */
const EXTERNAL = [
  { kind: 'Namespace', name: 'apps' },
  { kind: 'VirtualMachine', namespace: 'apps', name: 'web' },
  { kind: 'PersistentVolumeClaim', namespace: 'apps', name: 'disk' },
];

/** A construct as most people write it. */
const PLAIN: Record<string, (chart: Chart) => unknown> = {
  VmService: (chart) => new kv.VmService(chart, 'service', { vm: WEB, ports: [kv.GuestPort.ssh()] }),
  SshService: (chart) => new kv.SshService(chart, 'ssh', { vm: WEB }),
  'BootableVM.expose': (chart) =>
    new kv.BootableVM(chart, 'web', { bootDisk: kv.Disk.fromClaimName('disk'), memory: SIZE }).expose({
      ports: [kv.GuestPort.http(), kv.GuestPort.udp('dns', 53)],
      headless: true,
    }),
};

function made(make: (chart: Chart) => unknown): object[] {
  const chart = new Chart(new App(), 'test', { namespace: 'apps' });
  make(chart);
  const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())) as object);
}

describe('the review has no finding', () => {
  test.each(Object.entries(PLAIN))('of %s', (_, make) => {
    expect(review(made(make), { external: EXTERNAL, allReleases: true })).toEqual([]);
  });
});
