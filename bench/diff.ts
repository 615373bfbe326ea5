import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiffFigures } from './diff-run';
import { median, run } from './process';

const VMS = 10_000;
const CHANGED = 10;
const PROCESSES = 5;

/** Times the comparison of two trees, of which ten machines differ, against reading both. */
export function diff(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-diff-'));
  try {
    for (const side of ['old', 'new']) write(join(folder, side), side === 'new' ? CHANGED : 0);
    const ratios = Array.from({ length: PROCESSES }, () => {
      const { read, compared, changes } = JSON.parse(run('diff-run.ts', folder)) as DiffFigures;
      console.log(`read ${read.toFixed(0)} ms, compared ${compared.toFixed(0)} ms, ${changes} changes`);
      return (read + compared) / read;
    });
    console.log(`reading and comparing / reading both trees: ${median(ratios)}; goal at most 1.5`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A machine and its disk a file; the first ones get more memory. */
function write(folder: string, changed: number): void {
  mkdirSync(folder);
  for (let index = 0; index < VMS; index += 1) {
    writeFileSync(join(folder, `vm-${index}.yaml`), manifest(`vm-${index}`, index < changed ? '4Gi' : '2Gi'));
  }
}

function manifest(name: string, memory: string): string {
  return `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ${name}
  namespace: shop
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        cpu:
          cores: 2
        memory:
          guest: ${memory}
        devices:
          disks:
            - name: root
              disk:
                bus: virtio
          interfaces:
            - name: default
              masquerade: {}
      networks:
        - name: default
          pod: {}
      volumes:
        - name: root
          dataVolume:
            name: ${name}
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata:
  name: ${name}
  namespace: shop
spec:
  source:
    blank: {}
  storage:
    resources:
      requests:
        storage: 10Gi
`;
}
