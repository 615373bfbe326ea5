import { Duration, Lazy } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject } from '../shared/api-object';
import { checkAnnotations, isObject } from '../shared/checks';
import {
  aBoolean,
  aDuration,
  checkGiven,
  instanceOf,
  keysOf,
  labels,
  part,
  PropCheck,
  PropChecks,
  wholeNumber,
} from '../shared/prop-checks';
import { addKind } from '../shared/refusal';
import { BootableVMProps } from './bootable-vm-props';
import {
  checkFleetNetworks,
  checkSelector,
  checkSelectorRules,
  FLEET_PROPS,
  FleetProps,
  labelled,
  renderSelector,
  selectorOf,
} from './fleet';
import { Machine } from './machine';
import { checkMemoryOfFleet } from './memory-checks';
import { PoolScaleIn, PoolUpdate } from './pool-strategy';
import { goDuration } from './virtual-machine-snapshot';
import { VM_PROPS } from './vm-checks';
import { renderVmSpec } from './vm-spec';

/** Which names a pool ends with the number of the VM, beside those of the VM and its DataVolumes. */
export interface PoolNameGeneration {
  /**
   * Those of ConfigMaps that are volumes: VM 3 has `settings-3`.
   *
   * @default false
   */
  readonly appendIndexToConfigMapRefs?: boolean;

  /**
   * Those of Secrets that are volumes or hold cloud-init's data.
   *
   * @default false
   */
  readonly appendIndexToSecretRefs?: boolean;
}

/** When a pool makes a VM anew that does not start. */
export interface PoolAutohealing {
  /**
   * How many times in a row it has failed to start.
   *
   * @default - KubeVirt's own: 3
   */
  readonly startUpFailureThreshold?: number;

  /**
   * How long it has failed at the least.
   *
   * @default - KubeVirt's own: 5 minutes
   */
  readonly minFailingToStartDuration?: Duration;
}

/** VMs that are made alike: what each is made of, and how many there are. */
export interface VirtualMachinePoolProps extends BootableVMProps, FleetProps {
  /**
   * Labels of the VMs; `templateLabels` are those of their running instances, `labels` those of the pool.
   *
   * @default - those of the selector
   */
  readonly vmLabels?: { readonly [key: string]: string };

  /**
   * Annotations of the VMs.
   *
   * @default - none
   */
  readonly vmAnnotations?: { readonly [key: string]: string };

  /**
   * How many VMs, or how many of a hundred, may be down for an update: `PercentOrAbsolute.percent(25)` of cdk8s-plus-27. Since KubeVirt v1.6.
   *
   * @default - KubeVirt's own: all
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * Which names end with the number of the VM.
   *
   * @default - those of the VM and its DataVolumes
   */
  readonly nameGeneration?: PoolNameGeneration;

  /**
   * What it does when it has more VMs than it should. Since KubeVirt v1.7; v1.6 knows `PoolScaleIn.proactive()` without options only.
   *
   * @default - KubeVirt's own: PoolScaleIn.proactive()
   */
  readonly scaleInStrategy?: PoolScaleIn;

  /**
   * What it does to its VMs when what they are made of changes. Since KubeVirt v1.7.
   *
   * @default - KubeVirt's own: PoolUpdate.proactive()
   */
  readonly updateStrategy?: PoolUpdate;

  /**
   * When it makes a VM anew that does not start. Since KubeVirt v1.7.
   *
   * @default - never
   */
  readonly autohealing?: PoolAutohealing;
}

/** What machines are labelled with where no selector is given. */
const LABEL = 'kubevirt.io/vmpool';

/** KubeVirt: vmpool-admitter.go, ValidateVMPoolSpec (v1.9.0). */
const anUnavailability: PropCheck = (faults, property, given) => {
  const value: unknown = isObject(given) ? given.value : undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    addKind(faults, property, 'be a PercentOrAbsolute of cdk8s-plus-27', given, portionRemedy(given));
    return;
  }
  const isRight =
    typeof value === 'number' ? Number.isSafeInteger(value) && value > 0 : /^([1-9]\d?|100)%$/.test(value);
  if (!isRight) faults.add(property, 'be at least 1, or 1% to 100%', value);
};

function portionRemedy(given: unknown): string {
  if (typeof given === 'number' && Number.isSafeInteger(given) && given > 0)
    return `write PercentOrAbsolute.absolute(${given})`;
  const [, percent] = /^(\d+)%$/.exec(typeof given === 'string' ? given : '') ?? [];
  return percent === undefined
    ? 'write for example PercentOrAbsolute.percent(25)'
    : `write PercentOrAbsolute.percent(${percent})`;
}

const OWN: PropChecks<Omit<VirtualMachinePoolProps, keyof BootableVMProps>> = {
  ...FLEET_PROPS,
  vmLabels: labels,
  vmAnnotations: checkAnnotations,
  maxUnavailable: anUnavailability,
  nameGeneration: part<PoolNameGeneration>({
    appendIndexToConfigMapRefs: aBoolean,
    appendIndexToSecretRefs: aBoolean,
  }),
  scaleInStrategy: instanceOf(PoolScaleIn, 'PoolScaleIn.proactive()'),
  updateStrategy: instanceOf(PoolUpdate, 'PoolUpdate.opportunistic()'),
  autohealing: part<PoolAutohealing>({
    startUpFailureThreshold: wholeNumber(1),
    minFailingToStartDuration: aDuration(),
  }),
};

/**
 * VMs that are made alike, of which a number always exists: one VirtualMachinePool. VM and DataVolumes of each end with its
 * number: a boot disk of `DataVolumeTemplate.of('web-boot', …)` is `web-boot-0`, `web-boot-1`. A disk that stands by itself is
 * shared by all. The object is of the version `v1beta1`, of KubeVirt v1.7; for older ones write
 * `overrides: { apiVersion: 'pool.kubevirt.io/v1alpha1' }`.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/pool/
 */
export class VirtualMachinePool extends Machine {
  /**
   * VMs that are made alike.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachinePool, unless `name` says otherwise; its VMs are called so, with a number behind.
   * @param props What each VM is made of, and how many there are.
   * @throws if KubeVirt does not accept a prop, or a disk is in another namespace; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachinePoolProps) {
    const selector = selectorOf(id, props, LABEL);
    super(scope, id, props, {
      known: { ...VM_PROPS, ...keysOf(OWN) },
      check: (faults) => {
        checkGiven(faults, '', props, OWN);
        const { vmLabels, templateLabels } = props;
        checkSelector(faults, selector, { vmLabels, templateLabels });
        checkFleetNetworks(faults, props);
        checkMemoryOfFleet(faults, props);
        checkSelectorRules(faults, props, { ...vmLabels, ...selector });
      },
      hostnamePath: ['spec', 'virtualMachineTemplate', 'spec', 'template', 'spec', 'hostname'],
      hasTemplates: true,
      podLabels: selector,
    });
    const vm = labelled(props, selector);
    const metadata = {
      labels: { ...props.vmLabels, ...selector },
      annotations: props.vmAnnotations && { ...props.vmAnnotations },
    };
    addObject(this, generated.pool.VirtualMachinePool, props, {
      // A disk may still be attached until the synth.
      spec: Lazy.any({
        produce: () => ({
          ...renderOwn(props),
          selector: renderSelector(selector, props),
          virtualMachineTemplate: { metadata, spec: renderVmSpec(vm, this._attached, this.namespace) },
        }),
      }),
    });
  }
}

function renderOwn(props: VirtualMachinePoolProps): Record<string, unknown> {
  const { replicas, paused, maxUnavailable, nameGeneration, autohealing } = props;
  return {
    replicas,
    paused,
    // As the generated class holds a number or text.
    maxUnavailable: maxUnavailable && { value: maxUnavailable.value as number | string },
    nameGeneration: nameGeneration && { ...nameGeneration },
    scaleInStrategy: props.scaleInStrategy?._render(),
    updateStrategy: props.updateStrategy?._render(),
    autohealing: autohealing && {
      startUpFailureThreshold: autohealing.startUpFailureThreshold,
      minFailingToStartDuration: goDuration(autohealing.minFailingToStartDuration),
    },
  };
}
