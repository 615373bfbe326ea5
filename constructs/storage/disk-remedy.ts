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

/** What to write instead of a value that is not a disk, so that the disk is the one that was meant. */
export function diskRemedy(value: unknown): string {
  const source = addressOf(value) ?? (kindOf(value) === 'a DataVolumeSource' ? 'it' : undefined);
  if (source !== undefined) {
    const imported = `new DataVolumeImport(chart, 'boot', { source: ${source}, size: Size.gibibytes(…) })`;
    const image = imageOf(value);
    return `write ${imported}${image === undefined ? '' : ` or ContainerDisk.of(${JSON.stringify(image)})`}`;
  }
  if (isClaim(value)) return `write ${ofClaim(value)}`;
  return `write Disk.fromClaimName(${typeof value === 'string' && NAME.test(value) ? JSON.stringify(value) : '…'})`;
}

/** What to write instead of a value that is not a `DataVolumeSource`. */
export function sourceRemedy(value: unknown): string {
  const address = addressOf(value);
  if (address !== undefined) return `write ${address}`;
  if (isClaim(value)) return `write DataVolumeSource.claim(${ofClaim(value)})`;
  if (isObject(value) && 'claimName' in value) return 'write DataVolumeSource.claim(disk)';
  if (isObject(value) && 'snapshotName' in value) return 'write DataVolumeSource.snapshot(snapshot)';
  if (typeof value === 'string' && NAME.test(value)) {
    return `write DataVolumeSource.claim(Disk.fromClaimName(${JSON.stringify(value)}))`;
  }
  return 'write for example DataVolumeSource.registry(…), or DataVolumeSource.blank() for an empty disk';
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

/** The name of an image, without the scheme that CDI wants before it. */
function imageOf(value: unknown): string | undefined {
  const image = typeof value === 'string' ? value.trim().replace(/^docker:\/\//, '') : '';
  return IMAGE.test(image) ? image : undefined;
}

/** A PersistentVolumeClaim of cdk8s-plus, or of a generated class. */
function isClaim(value: unknown): value is { readonly name: string } {
  return isObject(value) && value.kind === 'PersistentVolumeClaim' && typeof value.name === 'string';
}

function ofClaim({ name }: { readonly name: string }): string {
  return `Disk.fromClaimName(${JSON.stringify(name)})`;
}
