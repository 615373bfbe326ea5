import type {
  VirtualMachineSpec,
  VirtualMachineSpecDataVolumeTemplates,
  VirtualMachineSpecTemplate,
  VirtualMachineSpecTemplateSpec,
  VirtualMachineSpecTemplateSpecAccessCredentials,
  VirtualMachineSpecTemplateSpecDomain,
  VirtualMachineSpecTemplateSpecLivenessProbe,
  VirtualMachineSpecTemplateSpecReadinessProbe,
  VirtualMachineSpecTemplateSpecDomainMemory,
  VirtualMachineSpecTemplateSpecDomainResources,
  VirtualMachineSpecTemplateSpecDomainResourcesLimits,
  VirtualMachineSpecTemplateSpecDomainResourcesRequests,
} from '../../imports/kubevirt.io';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { generated } from '../generated';
import { Quantity, quantity } from '../shared/quantity';
import { BootableVMProps, InstanceProps, InstanceTemplateProps, VmResources } from './bootable-vm-props';
import { DiskBus, renderAttachment, RenderedPair, SettledAttachment } from './disk-attachment';
import { renderCpu } from './guest-cpu';
import { renderDevices } from './guest-devices';
import { renderDns } from './guest-dns';
import { renderFeatures } from './guest-features';
import { GuestNetwork } from './guest-network';
import { RunStrategy } from './run-strategy';
import { renderScheduling } from './scheduling';
import { CLOUD_INIT_DISK, inOrder } from './vm-attachments';

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
  const domain: VirtualMachineSpecTemplateSpecDomain = {
    ...props.firmware?._render(),
    ...props.ioThreads?._render(),
    features: renderAllFeatures(props),
    machine: props.machineType === undefined ? undefined : { type: props.machineType },
    clock: props.clock?._render(),
    launchSecurity: props.launchSecurity?._render(),
    cpu: props.cpu && renderCpu(props.cpu),
    memory: renderMemory(props),
    resources: props.resources && renderResources(props.resources),
    devices: {
      ...(props.devices && renderDevices(props.devices)),
      tpm: props.tpm?._render(),
      disks: pairs.map(({ disk }) => disk),
      interfaces: isOffline ? undefined : networks.map(({ iface }) => iface),
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
    networks: isOffline ? undefined : networks.map(({ network }) => network),
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    volumes: pairs.map(({ volume }) => volume),
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

function renderMemory(props: InstanceProps): VirtualMachineSpecTemplateSpecDomainMemory | undefined {
  const { memory, maxMemory, hugepages } = props;
  if (memory === undefined && maxMemory === undefined && hugepages === undefined) return undefined;
  const {
    VirtualMachineSpecTemplateSpecDomainMemoryGuest: Guest,
    VirtualMachineSpecTemplateSpecDomainMemoryMaxGuest: MaxGuest,
  } = generated.kubevirt;
  return {
    guest: memory && quantity(Guest, memory),
    maxGuest: maxMemory && quantity(MaxGuest, maxMemory),
    hugepages: hugepages && { pageSize: Quantity.format(hugepages) },
  };
}

/** The disk of cloud-init stands between the static disks and the hotpluggable ones. */
function renderPairs(
  attached: readonly SettledAttachment[],
  props: InstanceProps & Pick<BootableVMProps, 'preference'>,
): RenderedPair[] {
  const { cloudInit, preference } = props;
  const pairs = inOrder(attached).map(renderAttachment);
  if (cloudInit === undefined) return pairs;
  const own = {
    disk: { name: CLOUD_INIT_DISK, disk: preference === undefined ? { bus: DiskBus.VIRTIO } : {} },
    volume: { name: CLOUD_INIT_DISK, ...cloudInit._volumeSource() },
  };
  const fixed = attached.filter(({ hotpluggable }) => !hotpluggable).length;
  return [...pairs.slice(0, fixed), own, ...pairs.slice(fixed)];
}

function renderTemplates(
  attached: readonly SettledAttachment[],
  namespace: string | undefined,
): VirtualMachineSpecDataVolumeTemplates[] | undefined {
  const templates = attached.map(({ disk }) => disk).filter((disk) => disk instanceof DataVolumeTemplate);
  if (templates.length === 0) return undefined;
  return templates.map((template) => template._render(namespace) as unknown as VirtualMachineSpecDataVolumeTemplates);
}

function renderResources(resources: VmResources): VirtualMachineSpecTemplateSpecDomainResources {
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources;
  const {
    VirtualMachineSpecTemplateSpecDomainResourcesRequests: Request,
    VirtualMachineSpecTemplateSpecDomainResourcesLimits: Limit,
  } = generated.kubevirt;
  const requests: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesRequests> = {};
  const limits: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesLimits> = {};
  if (memoryRequest) requests.memory = quantity(Request, memoryRequest);
  if (memoryLimit) limits.memory = quantity(Limit, memoryLimit);
  if (cpuRequest) requests.cpu = Request.fromString(cpuRequest.amount);
  if (cpuLimit) limits.cpu = Limit.fromString(cpuLimit.amount);
  return {
    requests: Object.keys(requests).length > 0 ? requests : undefined,
    limits: Object.keys(limits).length > 0 ? limits : undefined,
  };
}
