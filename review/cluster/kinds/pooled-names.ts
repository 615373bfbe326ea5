import { valueAt } from '../../manifests/json';
import type { Json } from '../../rule';
import { isAtLeast } from '../release-order';
import { replicasOf } from '../replicas';
import type { MachinePlace, NameField } from './kind';
import { namesInMachine } from './name-fields';

/** The release from which on the Secrets of cloud-init are numbered, too. */
const CLOUD_INIT_SINCE = 'v1.8.4';
const VOLUME = String.raw`\.volumes\[\d+\]\.`;
const CONFIG_MAP = new RegExp(String.raw`${VOLUME}configMap\.name$`);
const SECRET = new RegExp(String.raw`${VOLUME}secret\.secretName$`);
const CLOUD_INIT = new RegExp(String.raw`${VOLUME}cloudInit\w+\.(secretRef|networkDataSecretRef)\.name$`);
/** Of a larger pool only the first machines are asked for theirs. */
const MOST_ASKED = 100;

/**
 * What the machines of a pool name. Where `nameGeneration` says so, each has a Secret or a ConfigMap of its own, with its
 * number: `seed-0` (KubeVirt v1.9.0 and v1.6.2, pkg/virt-controller/watch/pool/pool.go, indexVMSpec).
 */
export function namesInPool(pool: Json, place: MachinePlace, note: NameField, release: string | undefined): void {
  const isSet = (word: string): boolean => valueAt(pool, 'spec', 'nameGeneration', word) === true;
  const [maps, secrets] = [isSet('appendIndexToConfigMapRefs'), isSet('appendIndexToSecretRefs')];
  if (!maps && !secrets) {
    namesInMachine(pool, place, note);
    return;
  }
  const seeds = secrets && numbersSeeds(release);
  const isNumbered = (field: string): boolean =>
    (maps && CONFIG_MAP.test(field)) || (secrets && SECRET.test(field)) || (seeds && CLOUD_INIT.test(field));
  const count = countOf(pool);
  namesInMachine(pool, place, (kind, name, field, namespace) => {
    if (typeof name !== 'string' || name === '' || !isNumbered(field())) {
      note(kind, name, field, namespace);
      return;
    }
    for (let index = 0; index < count; index++) note(kind, `${name}-${index}`, field, namespace);
  });
}

/** The names of the Secrets that the machines of a pool have for cloud-init, where the template says one; of any other object that one. */
export function seedSecrets(object: Json, name: string, release: string | undefined): string[] {
  if (valueAt(object, 'spec', 'nameGeneration', 'appendIndexToSecretRefs') !== true || !numbersSeeds(release))
    return [name];
  return Array.from({ length: countOf(object) }, (_, index) => `${name}-${index}`);
}

function numbersSeeds(release: string | undefined): boolean {
  return release === undefined || isAtLeast(release, CLOUD_INIT_SINCE);
}

function countOf(pool: Json): number {
  return Math.min(replicasOf(pool, () => []).count, MOST_ASKED);
}
