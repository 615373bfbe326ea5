import { Finding, ObjectReference } from './finding';

/** The order of findings: by file, object, field and rule. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.object.file ?? '', b.object.file ?? '') ||
      compareObjects(a.object, b.object) ||
      compareFields(a.field, b.field) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function compareObjects(a: ObjectReference, b: ObjectReference): number {
  return (
    compare(a.namespace ?? '', b.namespace ?? '') ||
    compare(a.kind, b.kind) ||
    compare(a.name, b.name) ||
    compare(a.apiVersion, b.apiVersion)
  );
}

/** `disks[2]` before `disks[10]`. */
function compareFields(a: string, b: string): number {
  const [left, right] = [a.split(/[[\]]/), b.split(/[[\]]/)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!];
    const order = index % 2 === 1 ? Number(x) - Number(y) || compare(x, y) : compare(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** By code points, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
