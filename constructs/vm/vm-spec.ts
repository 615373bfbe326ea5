import type {
  VirtualMachineSpec,
  VirtualMachineSpecDataVolumeTemplates,
  VirtualMachineSpecTemplate,
  VirtualMachineSpecTemplateSpec,
  VirtualMachineSpecTemplateSpecAccessCredentials,
  VirtualMachineSpecTemplateSpecDomain,
  VirtualMachineSpecTemplateSpecLivenessProbe,
  VirtualMachineSpecTemplateSpecReadinessProbe,
  VirtualMachineSpecTemplateSpecResourceClaims,
} from '../../imports/kubevirt.io';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { Architecture } from './architecture';
import { BootableVMProps, InstanceProps, InstanceTemplateProps } from './bootable-vm-props';
import { renderAttachment, RenderedPair, SettledAttachment } from './disk-attachment';
import { DiskBus } from './disk-device';
import { renderCpu } from './guest-cpu';
import { renderDevices } from './guest-devices';
import { renderDns } from './guest-dns';
import { renderFeatures } from './guest-features';
import { renderMemory } from './guest-memory';
import { GuestNetwork } from './guest-network';
import { RunStrategy } from './run-strategy';
import { renderScheduling } from './scheduling';
import { cloudInitDisk, inOrder } from './vm-attachments';
import { renderResources } from './vm-resources';

/** The `spec` of a VirtualMachine. */
export function renderVmSpec(
  props: BootableVMProps,
  attached: readonly SettledAttachment[],
  namespace: string | undefined,
): VirtualMachineSpec {
  return {
    runStrategy: props.runStrategy ?? RunStrategy.ALWAYS,
    instancetype: props.instancetype?._render(),
    preference: props.preference?._render(),
    updateVolumesStrategy: props.updateVolumesStrategy,
    dataVolumeTemplates: renderTemplates(attached, namespace),
    template: renderTemplate(props, attached),
  };
}

/** The `spec.template` of a VirtualMachine, and of a VirtualMachineInstanceReplicaSet. */
export function renderTemplate(
  props: InstanceTemplateProps,
  attached: readonly SettledAttachment[],
): VirtualMachineSpecTemplate {
  const { templateLabels: labels, templateAnnotations: annotations } = props;
  return {
    metadata:
      labels === undefined && annotations === undefined
        ? undefined
        : { labels: labels && { ...labels }, annotations: annotations && { ...annotations } },
    spec: renderInstance(props, attached),
  };
}

/** The `spec` of a VirtualMachineInstance, and of what is made of a template. */
export function renderInstance(
  props: InstanceProps & Pick<BootableVMProps, 'preference'>,
  attached: readonly SettledAttachment[],
): VirtualMachineSpecTemplateSpec {
  const pairs = renderPairs(attached, props);
  const networks = (props.networks ?? [GuestNetwork.pod()]).map((network) => network._render());
  const isOffline = networks.length === 0;
  const isLeft = isOffline || props.networks?.some((network) => network._isLeftToCluster) === true;
  const filesystems = pairs.flatMap(({ filesystem }) => filesystem ?? []);
  const domain: VirtualMachineSpecTemplateSpecDomain = {
    ...props.firmware?._render(),
    ...props.ioThreads?._render(),
    features: renderAllFeatures(props),
    machine: props.machineType === undefined ? undefined : { type: props.machineType },
    clock: props.clock?._render(),
    launchSecurity: props.launchSecurity?._render(),
    cpu: props.cpu && renderCpu(props.cpu),
    memory: renderMemory(props.memory, props),
    chassis: props.chassis && { ...props.chassis },
    rebootPolicy: props.rebootPolicy as VirtualMachineSpecTemplateSpecDomain['rebootPolicy'],
    resources: props.resources && renderResources(props.resources),
    devices: {
      ...(props.devices && renderDevices(props.devices, props.architecture === Architecture.S390X)),
      tpm: props.tpm?._render(),
      disks: pairs.flatMap(({ disk }) => disk ?? []),
      filesystems: filesystems.length > 0 ? filesystems : undefined,
      interfaces: isLeft ? undefined : networks.map(({ iface }) => iface),
      autoattachPodInterface: isOffline ? false : undefined,
    },
  };
  return {
    domain,
    architecture: props.architecture,
    terminationGracePeriodSeconds: props.terminationGracePeriod?.toSeconds(),
    subdomain: props.subdomain,
    ...(props.dns && renderDns(props.dns)),
    ...(props.scheduling && renderScheduling(props.scheduling)),
    accessCredentials: renderCredentials(props),
    readinessProbe: props.readinessProbe?._render() as VirtualMachineSpecTemplateSpecReadinessProbe | undefined,
    livenessProbe: props.livenessProbe?._render() as VirtualMachineSpecTemplateSpecLivenessProbe | undefined,
    evictionStrategy: props.evictionStrategy,
    hostname: props.hostname,
    startStrategy: props.startStrategy,
    serviceAccountName: props.serviceAccountName,
    resourceClaims: renderClaims(props),
    networks: isLeft ? undefined : networks.map(({ network }) => network),
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    volumes: pairs.flatMap(({ volume }) => volume ?? []),
  };
}

/** What the props say of features, Hyper-V's among them, over what the firmware brings. */
function renderAllFeatures({ features, hyperv, firmware }: InstanceProps): Record<string, unknown> | undefined {
  const own = Object.entries({ ...(features && renderFeatures(features)), ...hyperv?._render() });
  const all = {
    ...firmware?._render().features,
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
  };
  return Object.keys(all).length > 0 ? all : undefined;
}

function renderCredentials({
  accessCredentials = [],
}: InstanceProps): VirtualMachineSpecTemplateSpecAccessCredentials[] | undefined {
  if (accessCredentials.length === 0) return undefined;
  return accessCredentials.map(
    (credential) => credential._render() as unknown as VirtualMachineSpecTemplateSpecAccessCredentials,
  );
}

function renderClaims({
  resourceClaims = [],
}: InstanceProps): VirtualMachineSpecTemplateSpecResourceClaims[] | undefined {
  if (resourceClaims.length === 0) return undefined;
  return resourceClaims.map((claim) => claim._render() as unknown as VirtualMachineSpecTemplateSpecResourceClaims);
}

/** The disks that the VM makes itself stand between the static disks and the hotpluggable ones. */
function renderPairs(
  attached: readonly SettledAttachment[],
  props: InstanceProps & Pick<BootableVMProps, 'preference'>,
): RenderedPair[] {
  const pairs = inOrder(attached).map(renderAttachment);
  const fixed = attached.filter(({ hotpluggable }) => !hotpluggable).length;
  return [...pairs.slice(0, fixed), ...renderOwnDisks(props), ...pairs.slice(fixed)];
}

/** The disk of cloud-init, and those of ACPI tables. */
function renderOwnDisks(props: InstanceProps & Pick<BootableVMProps, 'preference'>): RenderedPair[] {
  const { firmware, preference } = props;
  const cloudInit = cloudInitDisk(props);
  const disk = preference === undefined ? { bus: DiskBus.VIRTIO } : {};
  const tables = [...(firmware?._acpiSecrets ?? [])].map(([name, secretName]) => ({
    disk: { name, disk: { ...disk } },
    volume: { name, secret: { secretName } },
  }));
  return cloudInit === undefined ? tables : [renderAttachment(cloudInit), ...tables];
}

function renderTemplates(
  attached: readonly SettledAttachment[],
  namespace: string | undefined,
): VirtualMachineSpecDataVolumeTemplates[] | undefined {
  const templates = attached.map(({ disk }) => disk).filter((disk) => disk instanceof DataVolumeTemplate);
  if (templates.length === 0) return undefined;
  return templates.map((template) => template._render(namespace) as unknown as VirtualMachineSpecDataVolumeTemplates);
}
