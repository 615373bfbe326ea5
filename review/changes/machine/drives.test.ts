import { diff } from '..';
import { Json } from '../../rule';
import { machineWith } from '../../testing/example-machine';

const vm = (volumes: readonly Json[]): Json =>
  machineWith({
    'spec.runStrategy': 'Always',
    'D.disks': [{ name: 'cd', cdrom: { bus: 'sata' } }],
    'T.volumes': volumes,
  });
const claimed = (claimName: string): Json => ({ name: 'cd', persistentVolumeClaim: { claimName, hotpluggable: true } });
const messages = (old: readonly Json[], next: readonly Json[]): string[] =>
  diff([vm(old)], [vm(next)]).changes.map(({ message }) => message);

describe('a drive', () => {
  test('gets a volume, and is emptied', () => {
    expect(messages([], [claimed('iso')])).toEqual([expect.stringContaining('drive cd gets')]);
    expect(messages([], [claimed('iso')])[0]).toContain('iso');
    expect(messages([claimed('iso')], [])).toEqual(['drive cd is emptied']);
  });

  test('gets another volume', () => {
    const [message, ...rest] = messages([claimed('iso')], [claimed('other')]);
    expect(message).toMatch(/^volume cd: .*iso.* → .*other/);
    expect(rest).toEqual([]);
  });
});
