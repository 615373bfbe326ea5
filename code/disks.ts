import { ImagePullPolicy } from 'cdk8s-plus-27';
import * as k from '../constructs';
import { isObject, objectsAt, valueAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { dataText, DATASOURCES } from './cloud-init-data';
import { annotationsCode, dataVolumeOptions } from './data-volumes';
import { call, Code, lines, list, literal, options, record } from './expression';
import { Entries, flagCode, memberCode, numberCode, sizeCode, textCode, tried } from './scalars';
import { Scope } from './scope';

/** The disk of cloud-init, as the constructs call it. */
const CLOUD_INIT_DISK = 'cloudinitdisk';

/** The props of a machine that say its disks, and its cloud-init; undefined if it has no disk to boot from. */
export function diskProps(
  scope: Scope,
  spec: Json,
  templates: readonly Json[],
  hasPreference: boolean,
): Entries | undefined {
  const disks = objectsAt(spec, 'domain', 'devices', 'disks');
  const volumes = objectsAt(spec, 'volumes');
  const cloudInitVolume = volumes.find((volume) => DATASOURCES.some((key) => isObject(volume[key])));
  const cloudInit = cloudInitVolume && cloudInitCode(cloudInitVolume);
  const filesystems = objectsAt(spec, 'domain', 'devices', 'filesystems');
  const named = new Set([...disks, ...filesystems].map(({ name }) => name));
  const seen = [
    ...disks.filter((disk) => cloudInit === undefined || disk.name !== cloudInitVolume?.name),
    ...filesystems.map((one): Json => ({ name: one.name, filesystem: {} })),
    ...volumes.filter(({ name }) => !named.has(name)).map((volume): Json => ({ name: volume.name })),
  ];
  const attachments = seen.flatMap((disk, index) => {
    const volume = volumes.find(({ name }) => name === disk.name);
    const source = volumeCode(scope, volume, templates);
    return source === undefined
      ? []
      : [{ source, all: attachOptions(disk, volume, source, { isBoot: index === 0, hasPreference }) }];
  });
  const [boot, ...others] = attachments;
  if (boot === undefined) return undefined;
  const secondary = others.map(({ source, all }) => record([['disk', source], ...all]));
  return [
    ['bootDisk', boot.source],
    ['bootDiskOptions', options(boot.all.filter(([key]) => key !== 'hotpluggable' && key !== 'readOnlyClaim'))],
    ['secondaryDisks', secondary.length > 0 ? list(secondary) : undefined],
    ['cloudInit', cloudInit],
    ['cloudInitDiskOptions', cloudInit && cloudInitDisk(disks, cloudInitVolume!, hasPreference)],
  ];
}

/** How the guest sees the disk of its cloud-init data; undefined where that is as usual. */
function cloudInitDisk(disks: readonly Json[], volume: Json, hasPreference: boolean): Code | undefined {
  const disk = disks.find(({ name }) => name === volume.name);
  const all = attachOptions(disk ?? { name: volume.name }, undefined, literal({}), { isBoot: false, hasPreference });
  return options(all.map(([key, code]) => [key, key === 'name' && code?.value === CLOUD_INIT_DISK ? undefined : code]));
}

const DEVICES = ['disk', 'cdrom', 'lun', 'filesystem'] as const;

interface AttachPlace {
  readonly isBoot: boolean;
  readonly hasPreference: boolean;
}

function attachOptions(
  disk: Json,
  volume: Json | undefined,
  source: Code,
  { isBoot, hasPreference }: AttachPlace,
): Entries {
  const device = DEVICES.find((key) => isObject(disk[key]));
  const target = isObject(device === undefined ? undefined : disk[device]) ? (disk[device!] as Json) : {};
  const claim = ['persistentVolumeClaim', 'dataVolume', 'memoryDump'].map((key) => valueAt(volume, key)).find(isObject);
  const hotpluggable = claim?.hotpluggable === true;
  const usualBus = device === 'cdrom' ? 'sata' : hotpluggable || device === 'lun' ? 'scsi' : 'virtio';
  const isOpen = hasPreference && !hotpluggable;
  const leavesOpen = target.bus === undefined && !isOpen && device !== 'filesystem';
  const usualName = isBoot ? 'rootdisk' : (source.value as k.IVolume).claimName?.replaceAll('.', '-').slice(0, 63);
  return [
    ['name', disk.name === usualName ? undefined : textCode(disk.name)],
    ['device', device === undefined || device === 'disk' ? undefined : memberCode('DiskDevice', k.DiskDevice, device)],
    ['bus', target.bus === usualBus && !isOpen ? undefined : memberCode('DiskBus', k.DiskBus, target.bus)],
    ['busLeftOpen', leavesOpen && device !== undefined ? literal(true) : undefined],
    [
      'byDataVolume',
      isObject(volume?.dataVolume) && !(source.value instanceof k.DataVolumeTemplate) ? literal(true) : undefined,
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
    ['shareable', flagCode(disk.shareable)],
    ['dedicatedIoThread', flagCode(disk.dedicatedIOThread)],
    ['blockSize', blockSize(disk.blockSize)],
    ['tag', textCode(disk.tag)],
  ];
}

function blockSize(value: unknown): Code | undefined {
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
        return scope.disk(String(source.claimName));
      case 'dataVolume': {
        const template = templates.find((one) => valueAt(one, 'metadata', 'name') === source.name);
        return template === undefined ? scope.disk(String(source.name)) : templateCode(scope, template);
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
  const all = dataVolumeOptions(scope, template);
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
      ['annotations', annotationsCode(annotations)],
    ]),
  );
}

/** Cloud-init's data; undefined where the construct does not take the text. */
function cloudInitCode(volume: Json): Code | undefined {
  const key = DATASOURCES.find((one) => isObject(volume[one]))!;
  const source = volume[key] as Json;
  const datasource =
    key === 'cloudInitNoCloud' ? undefined : memberCode('CloudInitDatasource', k.CloudInitDatasource, key);
  const network = dataText(source, 'networkData');
  const all = options([
    ['datasource', datasource],
    ['networkData', network === undefined ? undefined : lines(network)],
    ['networkDataSecretName', textCode(valueAt(source, 'networkDataSecretRef', 'name'))],
  ]);
  const secret = valueAt(source, 'secretRef', 'name');
  const userData = dataText(source, 'userData');
  return tried(() => {
    if (typeof secret === 'string') return call('CloudInit', k.CloudInit, 'fromSecretName', literal(secret), all);
    return userData === undefined ? undefined : call('CloudInit', k.CloudInit, 'raw', lines(userData), all);
  });
}
