import * as fs from 'node:fs';
import * as path from 'node:path';
import { addChapters } from '../chapters';
import { inFolder } from '../chapters/testing/scenario';
import { ManifestApp } from '../constructs';
import { readManifests } from './manifests/reader';
import { report } from '.';

/** The scenario as a GitOps engine gets it: Kustomizations, and a folder for each state of what a later step restates. */
function gitOps() {
  return inFolder((cwd) => {
    const app = new ManifestApp({ outdir: path.join(cwd, 'dist'), gitOps: true });
    addChapters(app);
    app.synth();
    const files = (fs.readdirSync(cwd, { recursive: true }) as string[]).filter((file) => file.endsWith('.yaml'));
    return { files, ...readManifests(['dist'], { cwd, stdin: () => Buffer.alloc(0) }) };
  });
}

describe('what ManifestApp writes for GitOps', () => {
  const { files, manifests, faults } = gitOps();
  const kustomizations = files.filter((file) => path.basename(file) === 'kustomization.yaml');

  test('holds Kustomizations, in folders of steps too', () => {
    expect(kustomizations).toContain('dist/1-1-pvc-upload/kustomization.yaml');
    expect(kustomizations.filter((file) => file.split('/').length === 4).length).toBeGreaterThan(2);
  });

  test('has nothing wrong as an input: each file is listed, and each that is listed is there', () => {
    expect(faults).toEqual([]);
  });

  test('is clean but for clones whose templates a person stops, and a Kustomization is no object', () => {
    const external = [
      ...['iscsi', 'nvme', 'nfs'].map((name) => ({ kind: 'StorageClass', name: `storage-class-${name}` })),
      ...['alpine-uefi', 'ubuntu-uefisb'].map((name) => ({ kind: 'Secret', name: `${name}-cloudinit-userdata` })),
    ];
    const { findings, unchecked, objects } = report(manifests, { external });
    expect(unchecked).toEqual([]);
    // An engine applies all steps at once: the clones wait until somebody has seen the templates and stops them.
    expect(findings.map(({ rule, object, field }) => `${object.file} ${field} ${rule}`)).toEqual([
      'dist/1-6-template-catalogue/3-vm1.k8s.yaml spec.source.pvc clone-source-in-use',
      'dist/1-6-template-catalogue/4-vm2.k8s.yaml spec.source.pvc clone-source-in-use',
    ]);
    expect(objects).toBe(manifests.length - kustomizations.length);
  });
});
