import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { VirtualMachineInstanceMigrationSpec } from '../../imports/kubevirt.io';
import { writtenClaim } from '../disks/written-claim';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, ObjectProps } from '../shared/api-object';
import { checkName } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { aText, checkGiven, keysOf, labels, oneOf, part, PropChecks, required } from '../shared/prop-checks';
import { Faults, show } from '../shared/refusal';
import { placed } from '../shared/scope';
import { AccessMode } from '../storage/claim-modes';
import { IVolume } from '../storage/disk';
import { judgeLiveMigration } from '../storage/live-migration-rules';
import { BootableVM } from './bootable-vm';
import { IVirtualMachine, namespaceBeside, requireVm } from './virtual-machine';

/** How urgent a migration is beside others that wait; of KubeVirt v1.7 and newer. */
export enum MigrationPriority {
  /** The cluster needs it. */
  SYSTEM_CRITICAL = 'system-critical',
  /** A user asks for it. */
  USER_TRIGGERED = 'user-triggered',
  /** Maintenance, such as an update, asks for it. */
  SYSTEM_MAINTENANCE = 'system-maintenance',
}

/** The end of a migration between clusters that sends; it needs the feature gate `DecentralizedLiveMigration`. */
export interface MigrationSender {
  /** What both ends call the migration. */
  readonly migrationId: string;

  /** Where the controller of the other cluster is reached: `HOST:PORT`. */
  readonly connectUrl: string;
}

/** The end of a migration between clusters that receives; it needs the feature gate `DecentralizedLiveMigration`. */
export interface MigrationReceiver {
  /** What both ends call the migration. */
  readonly migrationId: string;
}

/** Props of `LiveMigration`: the VM that moves to another node. */
export interface LiveMigrationProps extends ObjectProps {
  /**
   * The VM: a `BootableVM`, or `VirtualMachine.fromName(…)`. It runs, and its disks are `ReadWriteMany`; of a `BootableVM` that
   * is checked at the synth, as far as its disks are known and it has no `overrides`.
   */
  readonly vm: IVirtualMachine;

  /**
   * Beginning of a name that the API server makes. A `name` wins, and `kubectl apply` needs one; for
   * `kubectl create` take it out: `overrides: { metadata: { name: null } }`.
   *
   * @default - none
   */
  readonly generateName?: string;

  /**
   * Labels that the node must have to which the VM moves, beside those that the VM asks for itself.
   *
   * @default - none
   */
  readonly addedNodeSelector?: { readonly [key: string]: string };

  /**
   * How urgent it is.
   *
   * @default - KubeVirt's own, by who makes it
   */
  readonly priority?: MigrationPriority;

  /**
   * The VM moves to another cluster: this is the end that sends it.
   *
   * @default - it moves within the cluster
   */
  readonly sendTo?: MigrationSender;

  /**
   * The VM comes from another cluster: this is the end that receives it.
   *
   * @default - it moves within the cluster
   */
  readonly receive?: MigrationReceiver;
}

const OWN: PropChecks<Pick<LiveMigrationProps, 'addedNodeSelector' | 'priority' | 'sendTo' | 'receive'>> = {
  addedNodeSelector: labels,
  priority: oneOf(MigrationPriority),
  sendTo: part<MigrationSender>({ migrationId: required(aText), connectUrl: required(aText) }),
  receive: part<MigrationReceiver>({ migrationId: required(aText) }),
};
const PROPS: KnownKeys<LiveMigrationProps> = { ...OBJECT_PROPS, ...keysOf(OWN), vm: true, generateName: true };

/**
 * A live migration of a VM, as an object: what `virtctl migrate` makes.
 *
 * @see https://kubevirt.io/user-guide/compute/live_migration/
 */
export class LiveMigration extends Construct {
  /** Name of the VirtualMachineInstanceMigration. */
  public readonly name: string;

  /** Namespace of the VirtualMachineInstanceMigration: that of the VM. */
  public readonly namespace?: string;

  /**
   * Moves a VM to another node, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineInstanceMigration, unless `name` says otherwise.
   * @param props The VM that moves.
   * @throws if the VM is in another namespace, or KubeVirt does not accept a prop.
   */
  public constructor(scope: Construct, id: string, props: LiveMigrationProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    requireVm(faults, props.vm);
    this.name = objectName(id, props);
    this.namespace = namespaceBeside(faults, scope, props.vm, props.namespace);
    if (props.generateName !== undefined) checkGenerateName(faults, props.generateName);
    checkEnds(faults, props);
    faults.refuse();
    const named = { ...props, namespace: this.namespace };
    const metadata = { generateName: props.generateName };
    const spec = { vmiName: props.vm.name, ...renderOwn(props) };
    addObject(this, generated.kubevirt.VirtualMachineInstanceMigration, named, { spec }, { metadata });
    const { vm, overrides } = props;
    if (vm instanceof BootableVM && overrides === undefined) {
      // A disk may still be attached until the synth.
      this.node.addValidation({ validate: () => obstacles(vm) });
    }
  }
}

function renderOwn({
  addedNodeSelector,
  priority,
  sendTo,
  receive,
}: LiveMigrationProps): Omit<VirtualMachineInstanceMigrationSpec, 'vmiName'> {
  return {
    addedNodeSelector: addedNodeSelector && { ...addedNodeSelector },
    priority,
    sendTo: sendTo && { migrationId: sendTo.migrationId, connectUrl: sendTo.connectUrl },
    receive: receive && { migrationId: receive.migrationId },
  };
}

function obstacles(vm: BootableVM): string[] {
  if (vm._isOverridden) return [];
  const volumes = vm.disks.flatMap(({ name = 'disk', disk }) => {
    const { claimName } = disk;
    return claimName === undefined ? [] : [{ name, claim: { name: claimName, accessModes: writtenModes(disk) } }];
  });
  const certain = judgeLiveMigration({ volumes }).obstacles.filter((obstacle) => obstacle.certain);
  return certain.map(({ message, remedy }) => {
    return `'vm' must have disks that migrate, got ${JSON.stringify(vm.name)}: ${message}; ${remedy}`;
  });
}

/** The access modes of a disk's claim as its manifest has them: `overrides` may say otherwise than the props. */
function writtenModes(disk: IVolume): readonly AccessMode[] | undefined {
  const resource = Construct.isConstruct(disk) ? disk.node.tryFindChild('Resource') : undefined;
  return ApiObject.isApiObject(resource) ? writtenClaim(resource as ApiObject).accessModes : disk.accessModes;
}

/** KubeVirt v1.9.0: migration-create-admitter.go, ValidateVirtualMachineInstanceMigrationSpec. */
function checkEnds(faults: Faults, { sendTo, receive }: LiveMigrationProps): void {
  const [sent, received] = [sendTo?.migrationId, receive?.migrationId];
  if (sent === undefined || received === undefined || sent === received) return;
  faults.add('receive.migrationId', `be that of 'sendTo' (${show(sent)})`, received);
}

/** Kubernetes puts five characters behind it, so that it may end with '-'. */
function checkGenerateName(faults: Faults, generateName: unknown): void {
  const name = typeof generateName === 'string' ? generateName.replace(/-$/, '') : generateName;
  checkName(faults, 'generateName', name);
}
