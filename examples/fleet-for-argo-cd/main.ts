import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  DataVolumeImport,
  DataVolumeSource,
  DataVolumeTemplate,
  ManifestApp,
  Namespace,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';

// The VMs of two teams for Argo CD: a folder of dist/ a team, each with the kustomization.yaml that an Application is
// pointed at (applicationset.yaml makes one for every folder). The objects carry the sync wave of their step: the VMs
// clone their team's image after its import. With your repository in it:
//
//   kubectl apply -f applicationset.yaml

/** Serves ReadWriteMany block volumes: the VMs can be live-migrated. */
const storageClassName = 'fast-block';

/** The teams, and their VMs. */
const TEAMS = [
  { team: 'team-a', vms: ['web-1', 'web-2', 'web-3'] },
  { team: 'team-b', vms: ['queue', 'cache'] },
];

const app = new ManifestApp({ gitOps: true });

for (const { team, vms } of TEAMS) {
  const folder = new Construct(app, team);

  const base = new Chart(folder, '1-base', { namespace: team });
  new Namespace(base, team);
  const image = new DataVolumeImport(base, 'fedora', {
    source: DataVolumeSource.registry('docker://quay.io/containerdisks/fedora:41'),
    size: Size.gibibytes(10),
    storageClassName,
    bindImmediately: true, // no VM asks for the disk itself
  });

  const chart = new Chart(folder, '2-vms', { namespace: team });
  for (const name of vms) {
    const source = DataVolumeSource.claim(image);
    const bootDisk = DataVolumeTemplate.of(name, { source }); // of the image's storage class and modes
    new BootableVM(chart, name, { bootDisk, cpu: { cores: 2 }, memory: Size.gibibytes(4) });
  }
}

app.synth();
