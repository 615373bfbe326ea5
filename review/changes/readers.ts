import { firstWords } from '../../constructs/shared/wording';
import { isObject, objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { StateObjects } from './context';

/** How a machine uses a Secret or a ConfigMap. */
export interface Reader {
  /** The machine. */
  readonly vm: Json;
  /** When it is read. */
  readonly when: 'at every start' | 'at the first start' | 'at once';
  /** What for. */
  readonly use: string;
}

/** Where a machine's spec names Secrets and ConfigMaps, and when each is read. */
const VOLUMES: readonly (readonly [path: readonly string[], kind: string, when: Reader['when'], use: string])[] = [
  [['cloudInitNoCloud', 'secretRef', 'name'], 'Secret', 'at the first start', 'user data'],
  [['cloudInitNoCloud', 'networkDataSecretRef', 'name'], 'Secret', 'at every start', 'network data'],
  [['cloudInitConfigDrive', 'secretRef', 'name'], 'Secret', 'at the first start', 'user data'],
  [['cloudInitConfigDrive', 'networkDataSecretRef', 'name'], 'Secret', 'at every start', 'network data'],
  [['secret', 'secretName'], 'Secret', 'at every start', 'a disk'],
  [['configMap', 'name'], 'ConfigMap', 'at every start', 'a disk'],
  [['sysprep', 'secret', 'name'], 'Secret', 'at the first start', 'sysprep'],
  [['sysprep', 'configMap', 'name'], 'ConfigMap', 'at the first start', 'sysprep'],
];

/** The machines of a state that read a Secret or a ConfigMap. */
export function readersOf(kind: string, object: Json, state: StateObjects): Reader[] {
  const [namespace, name] = [textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name')];
  return state
    .all('VirtualMachine')
    .filter((vm) => textAt(vm, 'metadata', 'namespace') === namespace)
    .flatMap((vm) => readings(vm, kind, name));
}

function readings(vm: Json, kind: string, name: string): Reader[] {
  const spec = objectAt(vm, 'spec', 'template', 'spec') ?? {};
  const volumes = objectsAt(spec, 'volumes').flatMap((volume) =>
    VOLUMES.filter(([path, of]) => of === kind && textAt(volume, ...path) === name).map(([, , when, use]): Reader => ({
      vm,
      when,
      use,
    })),
  );
  if (kind !== 'Secret') return volumes;
  const credentials = objectsAt(spec, 'accessCredentials').flatMap((credential): Reader[] => {
    const key = ['sshPublicKey', 'userPassword'].find(
      (one) => textAt(credential, one, 'source', 'secret', 'secretName') === name,
    );
    if (key === undefined) return [];
    const byAgent = isObject(valueAt(credential, key, 'propagationMethod', 'qemuGuestAgent'));
    return [{ vm, when: byAgent ? 'at once' : 'at the first start', use: 'access credentials' }];
  });
  return [...volumes, ...credentials];
}

/** The names of machines in a message. */
export function machineNames(readers: readonly Reader[]): string {
  const names = [...new Set(readers.map(({ vm }) => textAt(vm, 'metadata', 'name')))];
  return firstWords(names, 3);
}
