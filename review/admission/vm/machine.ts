import { gateIsOn } from '../../cluster/config';
import { isAtLeast } from '../../cluster/release-order';
import { childIn, listIn, textIn } from '../../manifests/json';
import { ClusterConfig, Json, Note, Rule, Subject } from '../../rule';

/** Path of the spec that a VirtualMachine's instances get. */
export const TEMPLATE = 'spec.template.spec';
/** Path of its devices. */
export const DEVICES = `${TEMPLATE}.domain.devices`;

/** The parts of a VirtualMachine that rules read, from the copy with the webhook's defaults. */
export interface Machine {
  readonly subject: Subject;
  readonly spec: Json;
  /** `spec.template.spec`. */
  readonly template: Json;
  readonly domain: Json;
  readonly devices: Json;
  readonly disks: readonly Json[];
  readonly filesystems: readonly Json[];
  readonly interfaces: readonly Json[];
  readonly networks: readonly Json[];
  readonly volumes: readonly Json[];
  readonly volumeTemplates: readonly Json[];
  /** By name; of two with one name the later, as in the webhook's maps. */
  readonly volumesByName: ReadonlyMap<string, Json>;
  readonly networksByName: ReadonlyMap<string, Json>;
  readonly architecture: string;
  readonly config: ClusterConfig;
  /** An instance type may add CPUs and memory that the manifest does not show. */
  readonly hasInstancetype: boolean;
  /** A preference may fill what the manifest leaves open: a bus, a model, the firmware. */
  readonly hasPreference: boolean;
  /** The object is new. */
  readonly creating: boolean;
  /** The manifest names no interface: what stands here is the webhook's default. */
  readonly defaultInterface: boolean;
}

/** A check of a machine that has a domain. */
export type MachineCheck = (machine: Machine, note: Note) => void;
/** A check of one entry of a list, with its index. */
export type EntryCheck = (entry: Json, index: number, note: Note, machine: Machine) => void;

const NOTHING: Json = {};

/** The parts of a machine; undefined if it has no domain, which the schema refuses. */
export function machineOf(subject: Subject): Machine | undefined {
  const { object, defaulted, old, config } = subject;
  const spec = childIn(defaulted, 'spec');
  const template = childIn(childIn(spec, 'template'), 'spec');
  const domain = childIn(template, 'domain');
  if (spec === undefined || template === undefined || domain === undefined) return undefined;
  const devices = childIn(domain, 'devices') ?? NOTHING;
  const volumes = listIn(template, 'volumes');
  const networks = listIn(template, 'networks');
  return {
    subject,
    spec,
    template,
    domain,
    devices,
    disks: listIn(devices, 'disks'),
    filesystems: listIn(devices, 'filesystems'),
    interfaces: listIn(devices, 'interfaces'),
    networks,
    volumes,
    volumeTemplates: listIn(spec, 'dataVolumeTemplates'),
    volumesByName: byName(volumes),
    networksByName: byName(networks),
    architecture: textIn(template, 'architecture') || config.architecture,
    config,
    hasInstancetype: childIn(spec, 'instancetype') !== undefined,
    hasPreference: childIn(spec, 'preference') !== undefined,
    creating: old === undefined,
    defaultInterface: isWithoutInterfaces(object),
  };
}

function isWithoutInterfaces(vm: Json): boolean {
  const template = childIn(childIn(childIn(vm, 'spec'), 'template'), 'spec');
  return listIn(childIn(childIn(template, 'domain'), 'devices'), 'interfaces').length === 0;
}

function byName(entries: readonly Json[]): ReadonlyMap<string, Json> {
  const named = new Map<string, Json>();
  for (const entry of entries) named.set(textIn(entry, 'name'), entry);
  return named;
}

/** Whether the cluster of a machine, or of another object, has this release of KubeVirt, or a later one. */
export function hasRelease({ config }: { readonly config: ClusterConfig }, least: string): boolean {
  return isAtLeast(config.release ?? FIRST_RELEASE, least);
}

const FIRST_RELEASE = 'v1.6.2';

/** Whether a gate is on in the cluster of a machine. */
export function gated({ config }: Machine, gate: string): boolean {
  return gateIsOn(config, gate);
}

/** Where a rule stands in KubeVirt. */
export function cite(file: string, ...functions: readonly string[]): string {
  return `KubeVirt, ${file}${functions.length === 0 ? '' : `:${functions.join(', ')}`}`;
}

const ADMITTERS = 'pkg/virt-api/webhooks/validating-webhook/admitters';

/** Where a rule stands in the admitter of instances, which the one of VirtualMachines shares. */
export function vmiCreate(...functions: readonly string[]): string {
  return cite(`${ADMITTERS}/vmi-create-admitter.go`, ...functions);
}

/** Where what the admitter of instances asks about disks stands from v1.7.4 on. */
export function inDisks(...functions: readonly string[]): Rule['moved'] {
  return [{ since: 'v1.7.4', source: cite('pkg/storage/admitters/disks.go', ...functions) }];
}

/** Where a rule stands in the admitter of VirtualMachines. */
export function vmAdmitter(...functions: readonly string[]): string {
  return cite(`${ADMITTERS}/vms-admitter.go`, ...functions);
}

/** The lists of a machine that have rules of their own. */
export type EntryList = 'disks' | 'volumes' | 'interfaces' | 'networks' | 'filesystems' | 'volumeTemplates';

/** A check of each entry of a list. */
export function each(list: EntryList, check: EntryCheck): MachineCheck {
  return (machine, note) => {
    const entries = machine[list];
    for (let index = 0; index < entries.length; index++) check(entries[index] ?? NOTHING, index, note, machine);
  };
}
