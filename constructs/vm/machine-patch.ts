import { JsonPatch } from 'cdk8s';
import { isObject } from '../shared/checks';
import { PropCheck } from '../shared/prop-checks';
import { addKind } from '../shared/refusal';

/** A patch of RFC 6902, as `JsonPatch` of cdk8s makes it. */
interface Operation {
  readonly path: string;
  readonly value?: unknown;
}

/** The operation of a patch of this or of another copy of cdk8s; undefined if it is something else. */
function operationOf(patch: unknown): Operation | undefined {
  if (!isObject(patch) || typeof patch._toJson !== 'function') return undefined;
  return (patch as unknown as JsonPatch)._toJson() as Operation;
}

/** Notes a value that is not a patch. */
export const aPatch: PropCheck = (faults, property, patch) => {
  if (operationOf(patch) !== undefined) return;
  addKind(faults, property, 'be a JsonPatch of cdk8s', patch, "write for example JsonPatch.remove('/spec/…')");
};

/** What the patches of a restore may change. */
const RESTORED_PATHS = ['/spec/', '/metadata/labels/', '/metadata/annotations/'];

/**
 * As `aPatch`, for a restore. The webhook reads the patch as text, cut at commas and colons (KubeVirt v1.9.0:
 * pkg/storage/admitters/vmrestore.go, validatePatches).
 */
export const aRestorePatch: PropCheck = (faults, property, patch) => {
  aPatch(faults, property, patch);
  const operation = operationOf(patch);
  if (operation === undefined) return;
  if (!RESTORED_PATHS.some((path) => operation.path.startsWith(path))) {
    faults.add(property, `have a path below ${RESTORED_PATHS.map((path) => `'${path}'`).join(', ')}`, operation.path);
  }
  const { value } = operation;
  const isPlain = value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value);
  if (!isPlain || /[,:]/.test(String(value)) || /[,:]/.test(operation.path)) {
    faults.note(`'${property}' must hold one value, no ',' and no ':', which KubeVirt cannot read there`);
  }
};

/** Patches as KubeVirt's objects hold them: text of JSON. */
export function renderPatches(patches: readonly JsonPatch[] | undefined): string[] | undefined {
  if (patches === undefined || patches.length === 0) return undefined;
  return patches.map((patch) => JSON.stringify(operationOf(patch)));
}
