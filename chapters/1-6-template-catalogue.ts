import { Construct } from 'constructs';
import {
  ClaimApi,
  ContentType,
  DataVolumeSource,
  DiskClone,
  DiskSnapshot,
  DiskTemplate,
  RegistryCredentials,
  TemplateCatalogue,
} from '../constructs';
import { ALPINE_GUEST, alpineCloudInit, alpineVm, LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import {
  openConsole,
  removeNamespaces,
  showDisks,
  showVm,
  virtctl,
  waitForDisk,
  waitForStop,
  waitForVm,
} from './commands';
import { LAB, registrySource } from './lab';

const NAMESPACE = 'vm-templates';

/** Where a VM that is made from a template stands, and how its disk asks for its claim. */
interface Copy {
  readonly step: string;
  readonly namespace: string;
  readonly source: DataVolumeSource;
  readonly from: string;
  readonly claimApi?: ClaimApi;
}

/** Chapter 1.6: a catalogue of boot disks, and VMs made from it. */
export class TemplateChapter extends Chapter {
  private readonly templates: DiskTemplate[] = [];

  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.6: a catalogue of boot disks',
      shows:
        'Templates in a namespace of their own, and VMs elsewhere that clone them. A snapshot is the better source: one serves ' +
        'all clones, while a claim as the source leaves a temporary snapshot behind for every clone.',
    });
    this.addTemplates();
    const [, second] = this.takeSnapshots();
    const [, template] = this.templates;
    if (template === undefined || second === undefined) return;
    const claim = DataVolumeSource.claim(template.disk);
    const snapshot = DataVolumeSource.snapshot(second);
    this.copy({ step: '3-vm1', namespace: 'my-alpine', source: claim, from: 'the disk' });
    this.copy({ step: '4-vm2', namespace: 'my-alpine2', source: claim, from: 'the disk' });
    this.copy({
      step: '5-vm3',
      namespace: 'my-alpine3',
      source: snapshot,
      from: 'the snapshot',
      claimApi: ClaimApi.STORAGE,
    });
    this.copy({ step: '6-vm4', namespace: 'my-alpine4', source: snapshot, from: 'the snapshot' });
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private addTemplates(): void {
    const messages = { 'alpine-tmpl1': 'This is the first template', 'alpine-tmpl2': 'This is the second template' };
    const place = { namespace: NAMESPACE, newNamespace: true };
    this.apply('1-templates', 'Make the templates', place, (chart) => {
      const credentials = RegistryCredentials.publicDemoValues(chart, 'endpoint-secret', LAB.registryLogin);
      const catalogue = new TemplateCatalogue(chart, 'catalogue', { snapshotClassName: LAB.snapshotClass });
      for (const [name, message] of Object.entries(messages)) {
        const template = catalogue.addTemplate(name, {
          ...LAB_DISK,
          ...ALPINE_GUEST,
          source: registrySource(credentials),
          contentType: ContentType.KUBEVIRT,
          labels: { 'kubevirt.io/os': 'linux' },
          cloudInit: alpineCloudInit(message),
        });
        this.templates.push(template);
      }
      const next = this.templates.flatMap(({ disk, vm }) => [waitForDisk(disk), waitForVm(vm)]);
      return { next, look: this.templates.map(({ vm }) => openConsole(vm)) };
    });
    const vms = this.templates.map(({ vm }) => vm);
    this.run('Stop the templates', [...vms.map((vm) => virtctl('stop', vm)), ...vms.map(waitForStop)], {
      text: 'Once each has customised its disk (its message of the day shows it).',
    });
  }

  private takeSnapshots(): DiskSnapshot[] {
    const snapshots: DiskSnapshot[] = [];
    this.apply('2-snapshots', 'Take a snapshot of each', { namespace: NAMESPACE }, (chart) => {
      for (const template of this.templates) snapshots.push(template.takeSnapshot(chart, template.node.id));
      const next = snapshots.map(
        ({ snapshotName }) =>
          `kubectl wait volumesnapshot/${snapshotName} -n ${NAMESPACE} --for=jsonpath='{.status.readyToUse}'=true --timeout=5m`,
      );
      return { next, look: [`kubectl get volumesnapshot -n ${NAMESPACE}`] };
    });
    return snapshots;
  }

  private copy({ step, namespace, source, from, claimApi }: Copy): void {
    this.apply(step, `A VM from ${from} of a template, in ${namespace}`, { namespace, newNamespace: true }, (chart) => {
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, 'alpine-boot', { ...LAB_DISK, source, contentType, claimApi });
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk });
      this.cleanUp(removeNamespaces(namespace));
      return { next: [waitForDisk(disk), waitForVm(vm)], look: [showDisks(disk), showVm(vm), openConsole(vm)] };
    });
  }
}
