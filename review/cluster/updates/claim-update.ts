import { isDeepStrictEqual } from 'node:util';
import { textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { KeptFault } from './kept-fault';

const SOURCE = 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate';
const MADE = 'a claim keeps what it was made with';

/** Fields of a claim that stay what they are once they are set, and what their absence stands for. */
const FIXED: Readonly<Record<string, unknown>> = {
  accessModes: undefined,
  volumeMode: 'Filesystem',
  selector: undefined,
  volumeName: undefined,
  dataSource: undefined,
  dataSourceRef: undefined,
};

/** The server fills these in: a manifest that leaves them out keeps what is there. */
const FILLED: ReadonlySet<string> = new Set(['volumeName', 'dataSource', 'dataSourceRef']);

/** What a claim keeps: all but its size, which only grows, its labels and its attributes. */
export function claimFaults(old: Json, next: Json): KeptFault[] {
  return [
    ...Object.entries(FIXED).flatMap(([key, absent]) => fixedFaults(key, absent, old, next)),
    ...classFaults(old, next),
    ...limitFaults(old, next),
    ...sizeFaults(old, next),
  ];
}

function fixedFaults(key: string, absent: unknown, old: Json, next: Json): KeptFault[] {
  const [was, is] = [valueAt(old, 'spec', key) ?? absent, valueAt(next, 'spec', key) ?? absent];
  if (isDeepStrictEqual(was, is) || (is === undefined && FILLED.has(key))) return [];
  // A claim that is not bound yet may be bound to a volume by its name.
  if (key === 'volumeName' && was === undefined && textAt(old, 'status', 'phase') !== 'Bound') return [];
  return [{ field: `spec.${key}`, name: key, was, is, why: MADE, source: SOURCE }];
}

/** A claim without a class may get one, once; one with the class '' may not. */
function classFaults(old: Json, next: Json): KeptFault[] {
  const [was, is] = [valueAt(old, 'spec', 'storageClassName'), valueAt(next, 'spec', 'storageClassName')];
  if (was === is || was === undefined) return [];
  const fault = { field: 'spec.storageClassName', name: 'storageClassName', was, is, source: SOURCE };
  const remedy = 'make a claim of another name in the new class, and move the data (updateVolumesStrategy: Migration)';
  return [{ ...fault, why: 'a claim keeps its class', ...(is === undefined ? {} : { remedy }) }];
}

function limitFaults(old: Json, next: Json): KeptFault[] {
  const path = ['spec', 'resources', 'limits', 'storage'] as const;
  const [was, is] = [valueAt(old, ...path), valueAt(next, ...path)];
  if (parseQuantity(was) === parseQuantity(is)) return [];
  return [{ field: path.join('.'), name: 'limit', was, is, why: MADE, source: SOURCE }];
}

/** Where the size of a claim stands. */
export const CLAIM_SIZE = ['spec', 'resources', 'requests', 'storage'] as const;

function sizeFaults(old: Json, next: Json): KeptFault[] {
  const [was, is] = [valueAt(old, ...CLAIM_SIZE), valueAt(next, ...CLAIM_SIZE)];
  const [from, to] = [parseQuantity(was), parseQuantity(is)];
  if (from === undefined) return [];
  const fault = { field: CLAIM_SIZE.join('.'), name: 'storage', was, is, source: SOURCE };
  if (to === undefined) return [{ ...fault, what: 'the size is left out', why: 'a claim must ask for a size' }];
  // A growth that did not come about may be withdrawn, down to above what the claim has.
  const capacity = parseQuantity(valueAt(old, 'status', 'capacity', 'storage'));
  if (to >= from || (capacity !== undefined && to > capacity)) return [];
  const what = `disk ${textAt(next, 'metadata', 'name')} shrinks`;
  const remedy = 'make a smaller claim of another name, and copy the files in the guest';
  return [{ ...fault, what, why: 'a claim never shrinks', remedy }];
}
