import { Consequence, diff } from '..';
import { Json } from '../../rule';
import { machineWith } from '../../testing/example-machine';

const volume = (name: string, claimName = 'p', more: Json = {}): Json => ({
  name,
  persistentVolumeClaim: { claimName, ...more },
});
const vm = (name: string, claimName = 'p', more: Json = {}): Json =>
  machineWith({
    'spec.runStrategy': 'Always',
    'D.disks': [{ name, disk: { bus: 'scsi' } }],
    'T.volumes': [volume(name, claimName, more)],
  });

describe('a disk of another name', () => {
  test('is the same disk where it has the same claim', () => {
    const { changes } = diff([vm('root')], [vm('boot')]);
    expect(changes.map(({ consequence, message, reason, field }) => ({ consequence, message, reason, field }))).toEqual(
      [
        {
          consequence: Consequence.RESTART,
          message: 'disk root is renamed to boot',
          reason: 'it is the same claim, with its data; the running machine calls it root until it is restarted',
          field: 'spec.template.spec.volumes[0]',
        },
      ],
    );
  });

  test('is unplugged and plugged again where it can be', () => {
    const plugged = { hotpluggable: true };
    const { changes } = diff([vm('root', 'p', plugged)], [vm('boot', 'p', plugged)]);
    expect(changes.map(({ consequence, reason }) => ({ consequence, reason }))).toEqual([
      {
        consequence: Consequence.LIVE,
        reason: 'it is the same claim, with its data; it is unplugged and plugged again',
      },
    ]);
  });

  test('is another disk where it has another claim', () => {
    const messages = diff([vm('root')], [vm('boot', 'q')]).changes.map(({ message }) => message);
    expect(messages.sort()).toEqual(['disk boot is added', 'disk root is removed']);
  });
});
