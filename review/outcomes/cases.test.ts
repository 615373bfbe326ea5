import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../engine';
import { parseManifests } from '../manifests/program-input';
import { OUTCOME_RULES } from '.';

const FOLDER = join(__dirname, 'cases');
const RULES: ReadonlySet<string> = new Set(OUTCOME_RULES.map(({ id }) => id));

/** What is said of an object: its severity, kind and name, field, rule, and a part of the message with the remedy. */
type Said = readonly [severity: string, object: string, field: string, rule: string, part: string];

/** Inputs made after what went wrong for somebody, and all that is said of their outcome. */
const CASES: Readonly<Record<string, readonly Said[]>> = {
  'clone-in-use': [
    ['warning', 'DataVolume copy-of-live', 'spec.source.pvc', 'clone-source-in-use', 'VirtualMachine lab/live runs'],
    ['warning', 'DataVolume copy-to-other', 'spec.source.pvc', 'clone-source-in-use', 'clone from a VolumeSnapshot'],
  ],
  'clone-smaller-than-its-source': [
    [
      'error',
      'DataVolume small',
      'spec.source.pvc',
      'clone-finishes',
      'the clone asks for 5Gi, less than its source, 20Gi',
    ],
  ],
  'hostpath-rwx': [],
  'inventory-clone-open': [],
  'nfs-block': [
    [
      'error',
      'DataVolume root',
      'spec.pvc.volumeMode',
      'claim-modes-offered',
      'nfs.csi.k8s.io makes file systems only',
    ],
  ],
  'no-profile': [
    [
      'error',
      'DataVolume fedora',
      'spec.storage.storageClassName',
      'claim-class',
      'none of the cluster is the default',
    ],
    [
      'error',
      'DataVolume fedora2',
      'spec.storage.accessModes',
      'claim-access-modes',
      'StorageProfile standard names no',
    ],
  ],
};

function textOf(name: string): string {
  return readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
}

function said(name: string): string[][] {
  const storage = existsSync(join(FOLDER, `${name}.storage.yaml`)) ? textOf(`${name}.storage`) : undefined;
  const { findings } = report(parseManifests(textOf(name)), { storage });
  return findings
    .filter(({ rule }) => RULES.has(rule))
    .map(({ severity, object, field, rule, message, remedy = '' }) => [
      severity,
      `${object.kind} ${object.name}`,
      field,
      rule,
      `${message}; ${remedy}`,
    ]);
}

describe('the outcome of', () => {
  test.each(Object.entries(CASES))('%s is said with its reason, and no more', (name, expected) => {
    const found = said(name);
    expect(found.map((one) => one.slice(0, 4))).toEqual(expected.map((one) => one.slice(0, 4)));
    found.forEach((one, index) => expect(one[4]).toContain(expected[index]?.[4]));
  });
});
