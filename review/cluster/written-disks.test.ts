import type { Json } from '../rule';
import { machineOf } from './machine';
import { writtenDisks } from './written-disks';

const CLAIM = { name: 'd', persistentVolumeClaim: { claimName: 'data' } };

/** The claims that a machine writes to; an asterisk behind those that it shares. */
function written(disk: Json | undefined, volume: Json = CLAIM, devices: Json = {}): string[] {
  const domain = { devices: { disks: disk === undefined ? [] : [{ name: 'd', ...disk }], ...devices } };
  const object = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'web', namespace: 'n' },
    spec: { template: { spec: { domain, volumes: [volume] } } },
  };
  const disks = writtenDisks(machineOf({ object, origin: {} })!);
  return disks.map(({ use, isShareable }) => `${use.name}${isShareable ? '*' : ''}`);
}

describe('the claims that a guest writes to', () => {
  test.each<[string, Json | undefined, string[]]>([
    ['a disk', { disk: {} }, ['data']],
    ['a disk that says that it is written', { disk: { readonly: false } }, ['data']],
    ['a disk that is read', { disk: { readonly: true } }, []],
    ['a CD', { cdrom: {} }, []],
    ['a LUN', { lun: {} }, []],
    ['a disk that says nothing', {}, ['data']],
    ['a disk of another volume', { name: 'e', disk: {} }, ['data']],
    ['no disk', undefined, ['data']],
    ['a shareable disk', { disk: {}, shareable: true }, ['data*']],
    ['a disk that is not shareable', { disk: {}, shareable: false }, ['data']],
  ])('are, by %s, %j', (_, disk, claims) => expect(written(disk)).toEqual(claims));

  test('are none that the volume says is read, that is a file system, or no claim', () => {
    const claim = (readOnly: boolean) => ({ name: 'd', persistentVolumeClaim: { claimName: 'data', readOnly } });
    expect(written({ disk: {} }, claim(true))).toEqual([]);
    expect(written({ disk: {} }, claim(false))).toEqual(['data']);
    expect(written({ disk: {} }, { name: 'd', dataVolume: { name: 'made' } })).toEqual(['made']);
    expect(written(undefined, CLAIM, { filesystems: [{ name: 'd', virtiofs: {} }] })).toEqual([]);
    expect(written(undefined, CLAIM, { filesystems: [{ name: 'e', virtiofs: {} }] })).toEqual(['data']);
    expect(written({ disk: {} }, { name: 'd', containerDisk: { image: 'i' } })).toEqual([]);
  });
});
