import { Construct } from 'constructs';
import { objectNamespace } from '../shared/api-object';
import { checkLabel, checkName, isObject } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import {
  CATALOGUE_PROPS,
  DiskTemplate,
  TEMPLATE_OPTIONS,
  TemplateCatalogueProps,
  TemplateOptions,
} from './disk-template';
import { checkPart } from './part-checks';

/** KubeVirt copies the name into labels (migration-create-mutator.go, v1.6.2); it is in the label `template` too. */
const LONGEST_NAME = 63;

/**
 * A catalogue of boot disks: each a disk, the VM of the same name that customises it at its first
 * start and is then stopped, and a snapshot of the outcome, which the VMs made from it clone.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/clone-from-volumesnapshot-source.md
 */
export class TemplateCatalogue extends Construct {
  /** Namespace of the templates, as far as the manifest says. */
  public readonly namespace?: string;

  private readonly snapshotClassName?: string;
  private readonly added: DiskTemplate[] = [];

  /**
   * A catalogue without templates; `addTemplate` adds them.
   *
   * @param scope The chart, or a construct in it.
   * @param id Id of the construct; the templates have names of their own.
   * @param props Where the templates stand, and how their snapshots are made.
   * @throws if Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: TemplateCatalogueProps = {}) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    if (checkPart(faults, 'props', props, CATALOGUE_PROPS)) {
      if (props.namespace !== undefined) checkLabel(faults, 'namespace', props.namespace);
      if (props.snapshotClassName !== undefined) checkName(faults, 'snapshotClassName', props.snapshotClassName);
    }
    this.namespace = objectNamespace(faults, scope, isObject(props) ? props : {});
    faults.refuse();
    this.snapshotClassName = props.snapshotClassName;
  }

  /** The templates, in the order in which they were added. */
  public get templates(): DiskTemplate[] {
    return [...this.added];
  }

  /**
   * Adds a template.
   *
   * @param name Name of its disk, its VM and its snapshot.
   * @throws if the catalogue has one of that name, or CDI or KubeVirt does not accept an option.
   */
  public addTemplate(name: string, options: TemplateOptions): DiskTemplate {
    const faults = new Faults(this.node.path);
    checkPart(faults, 'options', options, TEMPLATE_OPTIONS);
    checkName(faults, 'name', name, LONGEST_NAME);
    if (this.added.some((other) => other.node.id === name)) {
      faults.add('name', 'differ from that of every other template of the catalogue', name);
    }
    faults.refuse();
    const { namespace, snapshotClassName } = this;
    const template = new DiskTemplate(this, name, { ...options, namespace, snapshotClassName });
    this.added.push(template);
    return template;
  }
}
