import {
  ClaimApi,
  ContentType,
  DataVolumeSource,
  DiskClone,
  DiskSnapshot,
  DiskTemplate,
  RegistryCredentials,
  TemplateCatalogue,
} from 'cdk8s-kubevirt';
import { Construct } from 'constructs';
import { ALPINE_GUEST, alpineCloudInit, alpineVm, LAB_DISK } from './alpine';
import { Chapter } from './chapter';
import { removeNamespaces, showDisks, showVms, stop, virtctl, waitForDisk, waitForField, waitForVm } from './commands';
import { LAB, registrySource } from './lab';

const NAMESPACE = 'vm-templates';

/** Where a VM that is made from a template stands, and how its disk asks for its claim. */
interface Copy {
  readonly namespace: string;
  readonly source: DataVolumeSource;
  readonly claimApi?: ClaimApi;
}

/** Chapter 1.6: a catalogue of boot disks, and VMs made from it. */
export class TemplateChapter extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.6: a catalogue of boot disks',
      shows:
        'Templates in a namespace of their own, and VMs elsewhere that clone them. A snapshot is the better source: one serves ' +
        'all clones, while a claim as the source leaves a temporary snapshot behind for every clone.',
      needs: "chapter 1.2's image in the registry, and chapter 1.4, cleaned up but for its VolumeSnapshotClass",
    });
    const templates = this.addTemplates();
    this.stopTemplates(templates);
    const snapshots = this.takeSnapshots(templates);
    const claim = DataVolumeSource.claim(templates.second.disk);
    const snapshot = DataVolumeSource.snapshot(snapshots.second);
    this.copy('3-vm1', 'A VM from the disk of a template', { namespace: 'my-alpine', source: claim });
    this.copy('4-vm2', 'A second VM from it', { namespace: 'my-alpine2', source: claim });
    const storage = { namespace: 'my-alpine3', source: snapshot, claimApi: ClaimApi.STORAGE };
    this.copy('5-vm3', 'A VM from the snapshot, its claim asked for by `spec.storage`', storage);
    this.copy('6-vm4', 'A second VM from it, by `spec.pvc`', { namespace: 'my-alpine4', source: snapshot });
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  private addTemplates(): Pair<DiskTemplate> {
    const place = { title: 'Make the templates', namespace: NAMESPACE, newNamespace: true };
    let templates!: Pair<DiskTemplate>;
    this.apply('1-templates', place, (chart) => {
      const credentials = RegistryCredentials.publicDemoValues(chart, 'endpoint-secret', LAB.registryLogin);
      const catalogue = new TemplateCatalogue(chart, 'catalogue', { snapshotClassName: LAB.snapshotClass });
      const add = (name: string, message: string): DiskTemplate =>
        catalogue.addTemplate(name, {
          ...LAB_DISK,
          ...ALPINE_GUEST,
          source: registrySource(credentials),
          contentType: ContentType.KUBEVIRT,
          labels: { 'kubevirt.io/os': 'linux' },
          cloudInit: alpineCloudInit(message),
        });
      templates = {
        first: add('alpine-tmpl1', 'This is the first template'),
        second: add('alpine-tmpl2', 'This is the second template'),
      };
      const next = both(templates).flatMap(({ disk, vm }) => [waitForDisk(disk), waitForVm(vm)]);
      const consoles = both(templates).map(({ vm }) => virtctl('console', vm));
      return { next, look: ['# log in: the message of the day is that of the template', ...consoles] };
    });
    return templates;
  }

  private stopTemplates(templates: Pair<DiskTemplate>): void {
    this.run({
      title: 'Stop the templates',
      text: 'Not before each shows its message of the day: a VM is Ready while cloud-init still works on its disk.',
      commands: stop(...both(templates).map(({ vm }) => vm)),
    });
  }

  private takeSnapshots(templates: Pair<DiskTemplate>): Pair<DiskSnapshot> {
    let snapshots!: Pair<DiskSnapshot>;
    this.apply('2-snapshots', { title: 'Take a snapshot of each', namespace: NAMESPACE }, (chart) => {
      const take = (template: DiskTemplate): DiskSnapshot => template.takeSnapshot(chart, template.node.id);
      snapshots = { first: take(templates.first), second: take(templates.second) };
      const next = both(snapshots).map(({ snapshotName: name, namespace }) =>
        waitForField('volumesnapshot', { name, namespace }, '.status.readyToUse', 'true'),
      );
      return { next, look: [`kubectl get volumesnapshot -n ${NAMESPACE}`] };
    });
    return snapshots;
  }

  private copy(step: string, title: string, { namespace, source, claimApi }: Copy): void {
    this.apply(step, { title, namespace, newNamespace: true }, (chart) => {
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, 'alpine-boot', { ...LAB_DISK, source, contentType, claimApi });
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk });
      this.cleanUp(removeNamespaces(namespace));
      return { next: [waitForDisk(disk), waitForVm(vm)], look: [showDisks(disk), showVms(vm), virtctl('console', vm)] };
    });
  }
}

/** The chapter's two templates, or something of each. */
interface Pair<T> {
  readonly first: T;
  readonly second: T;
}

function both<T>({ first, second }: Pair<T>): readonly T[] {
  return [first, second];
}
