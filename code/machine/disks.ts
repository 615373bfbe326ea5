import { ImagePullPolicy } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, objectsAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { DATASOURCES } from '../cloud-init-data';
import { dataVolumeEntries, templateAnnotations } from '../disks/data-volumes';
import { call, Code, list, literal, options, record } from '../language/expression';
import { eachCode, Entries, flagCode, memberCode, numberCode, sizeCode, textCode, tried } from '../language/scalars';
import { WITHOUT_DISK } from '../meaning/disk-order';
import { Scope } from '../scope';
import { cloudInitCode } from './cloud-init';

/** The disk of cloud-init, as the constructs call it. */
const CLOUD_INIT_DISK = 'cloudinitdisk';

/** The props of a machine that say its disks. */
export interface DiskEntries {
  readonly boot: Entries;
  readonly secondary: Entries;
  readonly cloudInit: Entries;
}

/** The disks of a machine, and its cloud-init. */
export function diskEntries(scope: Scope, spec: Json, templates: readonly Json[], hasPreference: boolean): DiskEntries {
  const disks = objectsAt(spec, 'domain', 'devices', 'disks');
  const volumes = objectsAt(spec, 'volumes');
  const cloudInitVolume = volumes.find((volume) => DATASOURCES.some((key) => isObject(volume[key])));
  const cloudInit = cloudInitVolume && cloudInitCode(cloudInitVolume);
  const filesystems = objectsAt(spec, 'domain', 'devices', 'filesystems');
  const named = new Set([...disks, ...filesystems].map(({ name }) => name));
  const seen = [
    ...disks,
    ...filesystems.map((one): Json => ({ name: one.name, filesystem: {} })),
    ...volumes.filter(({ name }) => !named.has(name)).map((volume): Json => ({ name: volume.name })),
  ];
  const given = seen.flatMap((disk) => {
    const volume = volumes.find(({ name }) => name === disk.name);
    const source = volumeCode(scope, volume, templates);
    return source === undefined ? [] : [{ disk, volume, source }];
  });
  const claims = new Set<string>();
  const attachments = given.map(({ disk, volume, source }, index): Attachment & { readonly isBoot: boolean } => {
    const isBoot = index === 0 && isBootable(volume);
    const { claimName } = source.value as k.IVolume;
    const usualName = isBoot ? 'rootdisk' : claimName?.replaceAll('.', '-').slice(0, 63);
    const sharesClaim = claimName !== undefined && claims.has(claimName);
    if (claimName !== undefined) claims.add(claimName);
    return { isBoot, source, all: attachOptions(disk, volume, source, { usualName, hasPreference, sharesClaim }) };
  });
  const boot = attachments.find(({ isBoot }) => isBoot) ?? NO_DISK;
  const others = attachments.filter(({ isBoot }) => !isBoot);
  const secondary = others.map(({ source, all }) => record([['disk', source], ...all]));
  return {
    boot: [
      ['bootDisk', boot.source],
      ['bootDiskOptions', options(boot.all)],
    ],
    secondary: [['secondaryDisks', secondary.length > 0 ? list(secondary) : undefined]],
    cloudInit: [
      ['cloudInit', cloudInit],
      ['cloudInitDiskOptions', cloudInit && cloudInitDisk(disks, cloudInitVolume!, hasPreference)],
    ],
  };
}

/** A disk as the constructs take it. */
interface Attachment {
  readonly source: Code;
  readonly all: Entries;
}

/** How the guest sees the disk of its cloud-init data; undefined where that is as usual. */
function cloudInitDisk(disks: readonly Json[], volume: Json, hasPreference: boolean): Code | undefined {
  const disk = disks.find(({ name }) => name === volume.name);
  const all = attachOptions(disk ?? { name: volume.name }, undefined, literal({}), {
    usualName: CLOUD_INIT_DISK,
    hasPreference,
    sharesClaim: false,
  });
  return options(all);
}

/** Whether a volume may be that of the boot disk: it is not plugged later, and the guest writes to its claim, and sees it. */
function isBootable(volume: Json | undefined): boolean {
  if (volume === undefined) return true;
  if (WITHOUT_DISK.some((key) => isObject(volume[key]))) return false;
  const claim = claimOf(volume);
  return claim?.hotpluggable !== true && claim?.readOnly !== true;
}

/** What a volume says of its claim; that of a dump of memory is not the guest's. */
function claimOf(volume: Json | undefined): Json | undefined {
  return ['persistentVolumeClaim', 'dataVolume'].map((key) => valueAt(volume, key)).find(isObject);
}

/** In the place of a boot disk. */
const NO_DISK: Attachment = { source: call('Volume', k.Volume, 'none'), all: [] };

const DEVICES = ['disk', 'cdrom', 'lun', 'filesystem'] as const;

interface AttachPlace {
  /** What the construct calls it. */
  readonly usualName: string | undefined;
  readonly hasPreference: boolean;
  /** Whether a disk before it has the same claim. */
  readonly sharesClaim: boolean;
}

function attachOptions(
  disk: Json,
  volume: Json | undefined,
  source: Code,
  { usualName, hasPreference, sharesClaim }: AttachPlace,
): Entries {
  const device = DEVICES.find((key) => isObject(disk[key]));
  const target = isObject(device === undefined ? undefined : disk[device]) ? (disk[device!] as Json) : {};
  const claim = claimOf(volume);
  const hotpluggable = claim?.hotpluggable === true;
  const usualDevice = (source.value instanceof k.VmVolume && source.value._place.usualDevice) || 'disk';
  const usualBus = device === 'cdrom' ? 'sata' : hotpluggable || device === 'lun' ? 'scsi' : 'virtio';
  const isOpen = hasPreference && !hotpluggable;
  const leavesOpen = target.bus === undefined && !isOpen && device !== 'filesystem';
  return [
    ['name', disk.name === usualName ? undefined : textCode(disk.name)],
    [
      'device',
      (device ?? 'disk') === usualDevice ? undefined : memberCode('DiskDevice', k.DiskDevice, device ?? 'disk'),
    ],
    ['bus', target.bus === usualBus && !isOpen ? undefined : memberCode('DiskBus', k.DiskBus, target.bus)],
    ['busLeftOpen', leavesOpen && device !== undefined ? literal(true) : undefined],
    [
      'byDataVolume',
      isObject(volume?.dataVolume) === source.value instanceof k.DataVolumeTemplate
        ? undefined
        : literal(isObject(volume?.dataVolume)),
    ],
    ['hotpluggable', hotpluggable ? literal(true) : undefined],
    ['serial', textCode(disk.serial)],
    ['bootOrder', numberCode(disk.bootOrder)],
    ['cache', memberCode('DiskCache', k.DiskCache, disk.cache)],
    ['io', memberCode('DiskIo', k.DiskIo, disk.io)],
    ['errorPolicy', memberCode('DiskErrorPolicy', k.DiskErrorPolicy, disk.errorPolicy)],
    ['readOnly', flagCode(target.readonly)],
    ['tray', memberCode('CdromTray', k.CdromTray, target.tray)],
    ['reservation', flagCode(target.reservation)],
    ['pciAddress', textCode(target.pciAddress)],
    ['readOnlyClaim', flagCode(claim?.readOnly)],
    ['sharesClaim', sharesClaim ? literal(true) : undefined],
    ['shareable', flagCode(disk.shareable)],
    ['dedicatedIoThread', flagCode(disk.dedicatedIOThread)],
    ['changedBlockTracking', flagCode(disk.changedBlockTracking)],
    ['blockSize', blockSize(disk.blockSize)],
    ['tag', textCode(disk.tag)],
  ];
}

/** Sizes of the blocks that the guest sees. */
export function blockSize(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.matchVolume)) return call('BlockSize', k.BlockSize, 'matchVolume');
  return isObject(value.custom)
    ? tried(() => call('BlockSize', k.BlockSize, 'custom', literal(value.custom)))
    : undefined;
}

/** A volume, as a construct takes it. */
function volumeCode(scope: Scope, volume: Json | undefined, templates: readonly Json[]): Code | undefined {
  if (volume === undefined) return tried(() => call('Volume', k.Volume, 'emptyCdrom'));
  const [kind = '', source] = Object.entries(volume).find(([key]) => key !== 'name') ?? [];
  if (!isObject(source)) return undefined;
  const text = (key: string): Code => literal(source[key]);
  const files = options([
    ['optional', flagCode(source.optional)],
    ['volumeLabel', textCode(source.volumeLabel)],
  ]);
  return tried(() => {
    switch (kind) {
      case 'persistentVolumeClaim':
      case 'dataVolume': {
        const name = source.claimName ?? source.name;
        const template = templates.find((one) => valueAt(one, 'metadata', 'name') === name);
        return template === undefined ? scope.disk(String(name)) : templateCode(scope, template);
      }
      case 'containerDisk':
        return call(
          'ContainerDisk',
          k.ContainerDisk,
          'of',
          text('image'),
          options([
            ['imagePullPolicy', memberCode('ImagePullPolicy', ImagePullPolicy, source.imagePullPolicy)],
            ['imagePullSecret', textCode(source.imagePullSecret)],
            ['path', textCode(source.path)],
          ]),
        );
      case 'emptyDisk':
        return call('Volume', k.Volume, 'emptyDisk', sizeCode(source.capacity));
      case 'ephemeral':
        return call(
          'Volume',
          k.Volume,
          'ephemeral',
          scope.disk(String(valueAt(source, 'persistentVolumeClaim', 'claimName'))),
        );
      case 'hostDisk':
        return call(
          'Volume',
          k.Volume,
          'hostDisk',
          text('path'),
          options([
            ['capacity', sizeCode(source.capacity)],
            ['shared', flagCode(source.shared)],
          ]),
        );
      case 'configMap':
        return call('Volume', k.Volume, 'configMap', text('name'), files);
      case 'secret':
        return call('Volume', k.Volume, 'secret', text('secretName'), files);
      case 'serviceAccount':
        return call('Volume', k.Volume, 'serviceAccount', text('serviceAccountName'));
      case 'downwardAPI':
        return downwardApi(source);
      case 'containerPath':
        return call('Volume', k.Volume, 'containerPath', text('path'));
      case 'memoryDump':
        return call(
          'Volume',
          k.Volume,
          'memoryDump',
          scope.disk(String(source.claimName)),
          options([['hotpluggable', source.hotpluggable === true ? undefined : literal(false)]]),
        );
      case 'downwardMetrics':
        return call('Volume', k.Volume, 'downwardMetrics');
      case 'sysprep':
        return isObject(source.secret)
          ? call('Sysprep', k.Sysprep, 'fromSecretName', literal(source.secret.name))
          : call('Sysprep', k.Sysprep, 'fromConfigMapName', literal(valueAt(source, 'configMap', 'name')));
      default:
        return undefined;
    }
  });
}

function templateCode(scope: Scope, template: Json): Code | undefined {
  const name = valueAt(template, 'metadata', 'name');
  const all = dataVolumeEntries(scope, template);
  const { labels, annotations } = isObject(template.metadata) ? template.metadata : ({} as Json);
  if (all === undefined) return undefined;
  return call(
    'DataVolumeTemplate',
    k.DataVolumeTemplate,
    'of',
    literal(name),
    record([
      ...all,
      ['labels', isObject(labels) ? literal(labels) : undefined],
      ['annotations', templateAnnotations(annotations)],
    ]),
  );
}

function downwardApi(source: Json): Code | undefined {
  const fields = eachCode(source.fields, downwardField);
  return (
    fields &&
    call('Volume', k.Volume, 'downwardApi', list(fields), options([['volumeLabel', textCode(source.volumeLabel)]]))
  );
}

function downwardField(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const { path, fieldRef, mode, resourceFieldRef } = value;
  const all = options([['mode', numberCode(mode)]]);
  if (isObject(fieldRef)) {
    return call('DownwardField', k.DownwardField, 'field', literal(path), literal(fieldRef.fieldPath), all);
  }
  const resource = memberCode('DownwardResource', k.DownwardResource, valueAt(resourceFieldRef, 'resource'));
  if (resource === undefined) return undefined;
  const divisor = textCode(valueAt(resourceFieldRef, 'divisor'));
  const container = valueAt(resourceFieldRef, 'containerName');
  const more = options([
    ['mode', numberCode(mode)],
    ['divisor', divisor],
    ['containerName', container === 'compute' ? undefined : textCode(container)],
  ]);
  return call('DownwardField', k.DownwardField, 'resource', literal(path), resource, more);
}
