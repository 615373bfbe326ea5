import { isObject } from '../shared/checks';
import { kindOf } from '../shared/refusal';

/** A factory of `DataVolumeSource`, by the scheme of an address. */
const FACTORIES: Readonly<Record<string, string>> = {
  docker: 'registry',
  'oci-archive': 'registry',
  https: 'http',
  http: 'http',
  gs: 'gcs',
};

/** `quay.io/containerdisks/fedora:41`: a host, and what stands on it. */
const IMAGE = /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?\/[a-z0-9._/-]+([:@][\w.:-]+)?$/;

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** The image of a disk in a file of this machine. */
const IMAGE_FILE = /^[^:\n]*\.(qcow2|img|raw|iso|vmdk|vdi|vhdx?)(\.(gz|xz|zst))?$/i;

/** What to write instead of a value that is not a disk, so that the disk is the one that was meant. */
export function diskRemedy(value: unknown): string {
  const source = sourceMeant(value);
  if (source !== undefined) {
    const imported = `new DataVolumeImport(chart, 'boot', { source: ${source}, size: Size.gibibytes(…) })`;
    const image = imageOf(value);
    return `write ${imported}${image === undefined ? '' : ` or ContainerDisk.of(${JSON.stringify(image)})`}`;
  }
  if (isFile(value))
    return `write new UploadTarget(chart, 'boot', { size: Size.gibibytes(…) }), and upload the file to it`;
  if (isClaim(value)) return `write ${ofClaim(value)}`;
  if (isObject(value) && Array.isArray(value.disks)) return 'write it.disks[0].disk, its first disk';
  if (isObject(value) && typeof value.snapshotName === 'string') {
    return "write new DiskClone(chart, 'boot', { source: DataVolumeSource.snapshot(it), size: Size.gibibytes(…) })";
  }
  return `write Disk.fromClaimName(${typeof value === 'string' && NAME.test(value) ? JSON.stringify(value) : '…'})`;
}

/** What to write instead of a value that is not a `DataVolumeSource`. */
export function sourceRemedy(value: unknown): string {
  const source = addressOf(value) ?? writtenSource(value);
  if (source !== undefined) return `write ${source}`;
  if (isFile(value)) return 'write DataVolumeSource.upload(), and upload the file to the disk';
  if (isObject(value) && kindOf(value.source) === 'a DataVolumeSource') return 'write it.source';
  if (isClaim(value)) return `write DataVolumeSource.claim(${ofClaim(value)})`;
  if (kindOf(value) === 'a ContainerDisk') return "write DataVolumeSource.registry('docker://…') with the image of it";
  if (isObject(value) && 'claimName' in value) return 'write DataVolumeSource.claim(disk)';
  if (isObject(value) && 'snapshotName' in value) return 'write DataVolumeSource.snapshot(snapshot)';
  if (typeof value === 'string' && NAME.test(value)) {
    return `write DataVolumeSource.claim(Disk.fromClaimName(${JSON.stringify(value)}))`;
  }
  return 'write for example DataVolumeSource.registry(…), or DataVolumeSource.blank() for an empty disk';
}

/** The source of what is none itself: an address, the source of a manifest, a source, or what has one. */
function sourceMeant(value: unknown): string | undefined {
  if (kindOf(value) === 'a DataVolumeSource') return 'it';
  // A golden image, and a template of disks.
  if (isObject(value) && kindOf(value.source) === 'a DataVolumeSource') return 'it.source';
  return addressOf(value) ?? writtenSource(value);
}

/** The source of an address, as a program writes it; undefined of anything else. */
function addressOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const image = imageOf(text);
  if (image !== undefined) return `DataVolumeSource.registry(${JSON.stringify(`docker://${image}`)})`;
  const [, scheme = ''] = /^([a-z][a-z0-9+-]*):\/\//i.exec(text) ?? [];
  const factory = Object.hasOwn(FACTORIES, scheme) ? FACTORIES[scheme] : undefined;
  if (factory !== undefined) return `DataVolumeSource.${factory}(${JSON.stringify(text)})`;
  return scheme === 's3' ? "DataVolumeSource.s3('https://HOST/BUCKET/OBJECT')" : undefined;
}

/** The source of a DataVolume's manifest, as a program writes it: `{ registry: { url: … } }`. */
function writtenSource(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const [kind = '', ...others] = Object.keys(value);
  const part = value[kind];
  if (others.length > 0 || !isObject(part)) return undefined;
  const { url, name } = part;
  if (kind === 'blank' || kind === 'upload') return `DataVolumeSource.${kind}()`;
  if (['registry', 'http', 's3', 'gcs'].includes(kind) && typeof url === 'string') {
    return `DataVolumeSource.${kind}(${JSON.stringify(url)})`;
  }
  if (kind === 'pvc' && typeof name === 'string') return `DataVolumeSource.claim(${ofClaim({ name })})`;
  const snapshot = `DiskSnapshot.fromSnapshotName(${JSON.stringify(name)})`;
  return kind === 'snapshot' && typeof name === 'string' ? `DataVolumeSource.snapshot(${snapshot})` : undefined;
}

/** The name of an image, without the scheme that CDI wants before it. */
function imageOf(value: unknown): string | undefined {
  const image = typeof value === 'string' ? value.trim().replace(/^docker:\/\//, '') : '';
  return IMAGE.test(image) && !isFile(image) ? image : undefined;
}

function isFile(value: unknown): boolean {
  return typeof value === 'string' && IMAGE_FILE.test(value);
}

/** A PersistentVolumeClaim of cdk8s-plus, or of a generated class. */
function isClaim(value: unknown): value is { readonly name: string } {
  return isObject(value) && value.kind === 'PersistentVolumeClaim' && typeof value.name === 'string';
}

function ofClaim({ name }: { readonly name: string }): string {
  return `Disk.fromClaimName(${JSON.stringify(name)})`;
}
