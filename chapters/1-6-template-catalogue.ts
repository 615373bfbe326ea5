import {
  ClaimApi,
  ClaimedDisk,
  CloneStrategy,
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
import {
  claimOf,
  expecting,
  lookForSnapshotClass,
  removeNamespaces,
  resetStrategy,
  showCloneType,
  showDisks,
  showEvents,
  showVms,
  stop,
  waitForDisk,
  waitForField,
  waitForStrategy,
  waitForVm,
} from './commands';
import { ALPINE_GUEST_LOGIN, inGuest } from './guest';
import { LAB, registrySource } from './lab';
import { cloneHangs, importHangs, vmHangs, watchClone, watchImport, watchSnapshotClone } from './meanwhile';
import { WHAT_SPLITS_A_CLONE } from './reasons';
import { TEMPLATE_TEXTS } from './template-texts';

const NAMESPACE = 'vm-templates';

/** The messages of the day of the two templates. */
const MESSAGES = { first: 'This is the first template', second: 'This is the second template' };

/** Where a VM that is made from a template stands, and how its disk asks for its claim. */
interface Copy {
  readonly namespace: string;
  readonly source: DataVolumeSource;
  readonly claimApi?: ClaimApi;
  readonly text?: string;
}

/** Chapter 1.6: a catalogue of boot disks, and VMs made from it. */
export class TemplateChapter extends Chapter {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      title: 'Chapter 1.6: a catalogue of boot disks',
      shows:
        'Templates in a namespace of their own, and VMs elsewhere that clone them. A snapshot is the better source: one serves ' +
        'all clones, while a claim as the source takes a temporary snapshot for every clone.',
      needs: "chapter 1.2's image in the registry, and chapter 1.4, cleaned up",
    });
    this.remark(ALPINE_GUEST_LOGIN.replaceAll('alpine-vm', 'alpine-tmpl1'));
    this.remark(`${TEMPLATE_TEXTS.whySnapshots}\n\n${WHAT_SPLITS_A_CLONE}`);
    this.lookAround();
    const templates = this.addTemplates();
    this.stopTemplates(templates);
    const snapshots = this.takeSnapshots(templates);
    const claim = DataVolumeSource.claim(templates.second.disk);
    const snapshot = DataVolumeSource.snapshot(snapshots.second);
    this.copy('3-vm1', 'A VM from the disk of a template', templates.second.disk, {
      namespace: 'my-alpine',
      source: claim,
    });
    this.copy('4-vm2', 'A second VM from it', templates.second.disk, { namespace: 'my-alpine2', source: claim });
    this.listSnapshots(snapshots);
    const storage = {
      namespace: 'my-alpine3',
      source: snapshot,
      claimApi: ClaimApi.STORAGE,
      text: TEMPLATE_TEXTS.storage,
    };
    this.copy('5-vm3', 'A VM from the snapshot, its claim asked for by `spec.storage`', snapshots.second, storage);
    const pvc = { namespace: 'my-alpine4', source: snapshot };
    this.copy('6-vm4', 'A second VM from it, by `spec.pvc`', snapshots.second, pvc);
    this.cleanUp(removeNamespaces(NAMESPACE));
  }

  /** What chapter 1.4 leaves, and what it must not have left. */
  private lookAround(): void {
    const { block } = LAB.storageClass;
    this.run({
      title: 'See what chapter 1.4 has left',
      text: TEMPLATE_TEXTS.left(resetStrategy(block)),
      commands: [lookForSnapshotClass(LAB.snapshotClass), waitForStrategy(block, CloneStrategy.SNAPSHOT)],
    });
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
        first: add('alpine-tmpl1', MESSAGES.first),
        second: add('alpine-tmpl2', MESSAGES.second),
      };
      const { first, second } = templates;
      this.hangs(importHangs(first.disk), vmHangs(first.vm));
      return {
        watch: watchImport(first.disk, second.disk),
        next: both(templates).flatMap(({ disk, vm }) => [waitForDisk(disk), waitForVm(vm)]),
        look: [showDisks(first.disk), showVms(first.vm)],
      };
    });
    const see = (template: DiskTemplate, message: string): void => {
      this.run({
        title: `See that ${template.vm.name} is customised`,
        inGuest: inGuest(template.vm, expecting(message, 'cat /etc/motd'), 'sync'),
      });
    };
    see(templates.first, MESSAGES.first);
    see(templates.second, MESSAGES.second);
    return templates;
  }

  private stopTemplates(templates: Pair<DiskTemplate>): void {
    this.run({
      title: 'Stop the templates',
      text:
        'Not before each shows its message of the day: a VM is Ready while cloud-init still works on its disk. ' +
        'From here on the disks rest: they are what is cloned.',
      commands: stop(...both(templates).map(({ vm }) => vm)),
    });
  }

  private takeSnapshots(templates: Pair<DiskTemplate>): Pair<DiskSnapshot> {
    let snapshots!: Pair<DiskSnapshot>;
    const step = { title: 'Take a snapshot of each', text: TEMPLATE_TEXTS.sourceVolumeMode, namespace: NAMESPACE };
    this.apply('2-snapshots', step, (chart) => {
      const take = (template: DiskTemplate): DiskSnapshot => template.takeSnapshot(chart, template.node.id);
      snapshots = { first: take(templates.first), second: take(templates.second) };
      const next = both(snapshots).map(({ snapshotName: name, namespace }) =>
        waitForField('volumesnapshot', { name, namespace }, '.status.readyToUse', 'true'),
      );
      return { next, look: [`kubectl get volumesnapshot -n ${NAMESPACE}`, expecting('Block for each', SHOW_MODES)] };
    });
    return snapshots;
  }

  /** The difference between the two kinds of source. */
  private listSnapshots({ second }: Pair<DiskSnapshot>): void {
    this.run({
      title: 'Count the snapshots',
      text: TEMPLATE_TEXTS.count(second.snapshotName, LAB.csiDriver),
      commands: [
        `kubectl get volumesnapshot -n ${NAMESPACE}`,
        `kubectl get events -n ${NAMESPACE} --sort-by=.lastTimestamp`,
      ],
    });
  }

  private copy(step: string, title: string, from: ClaimedDisk | DiskSnapshot, copy: Copy): void {
    const { namespace, source, claimApi, text } = copy;
    this.apply(step, { title, text, namespace, newNamespace: true }, (chart) => {
      const contentType = ContentType.KUBEVIRT;
      const disk = new DiskClone(chart, 'alpine-boot', { ...LAB_DISK, source, contentType, claimApi });
      const vm = alpineVm(chart, 'alpine-vm', { bootDisk: disk });
      this.cleanUp(removeNamespaces(namespace));
      if (step === '3-vm1') this.hangs(cloneHangs(disk));
      return {
        watch:
          from instanceof DiskSnapshot
            ? watchSnapshotClone({ name: from.snapshotName, namespace: from.namespace }, disk)
            : watchClone(CloneStrategy.SNAPSHOT, from, disk),
        next: [waitForDisk(disk), waitForVm(vm)],
        inGuest: inGuest(vm, expecting(MESSAGES.second, 'cat /etc/motd')),
        look: [showCloneType(disk), showEvents('DataVolume', claimOf(disk)), showDisks(disk), showVms(vm)],
      };
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

/** Of each VolumeSnapshotContent the mode of its source: the field that CDI compares with that of the clone. */
const SHOW_MODES =
  'kubectl get volumesnapshotcontent -o ' +
  "custom-columns='SNAPSHOT:.spec.volumeSnapshotRef.name,NAMESPACE:.spec.volumeSnapshotRef.namespace,MODE:.spec.sourceVolumeMode'";
