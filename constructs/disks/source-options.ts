import {
  checkBoolean,
  checkLabel,
  checkName,
  checkText,
  checkTextList,
  isObject,
  requireObject,
} from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { IRegistryCredentials } from './registry-credentials';

/** Who pulls a registry image. */
export enum RegistryPullMethod {
  /** The importer pod, by itself. */
  POD = 'pod',
  /** The node's container runtime, with its cache. */
  NODE = 'node',
}

/** How a web server is reached. */
export interface HttpSourceOptions {
  /**
   * Login: a Secret with the keys `accessKeyId` and `secretKey`, in the DataVolume's namespace.
   *
   * @default - none
   */
  readonly credentials?: IRegistryCredentials;

  /**
   * Name of a ConfigMap with the certificate authority's certificates.
   *
   * @default - those of the importer image
   */
  readonly certConfigMapName?: string;
}

/** Where a DataSource is. */
export interface DataSourceOptions {
  /**
   * Namespace of the DataSource.
   *
   * @default - that of the DataVolume
   */
  readonly namespace?: string;
}

/** How a web server is reached, and what it is told. */
export interface WebSourceOptions extends HttpSourceOptions {
  /**
   * Checksum of the image, `md5:`, `sha1:`, `sha256:` or `sha512:` and its digits; the import fails for another.
   *
   * @default - it is not checked
   */
  readonly checksum?: string;

  /**
   * Header lines for the server, such as `Accept: application/octet-stream`; none with a login.
   *
   * @default - none
   */
  readonly extraHeaders?: string[];

  /**
   * Names of Secrets of the DataVolume's namespace whose values are header lines.
   *
   * @default - none
   */
  readonly secretExtraHeaders?: string[];

  /**
   * Whether the certificate of the server is not checked; since CDI v1.66, and not of a `DataVolumeTemplate`.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** How a server is reached whose certificate need not be checked. */
export interface ImageioSourceOptions extends HttpSourceOptions {
  /**
   * Whether the certificate of the server is not checked.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** Which of the images of a registry is taken. */
export interface ImageStreamSourceOptions {
  /**
   * Login: a Secret with the keys `accessKeyId` and `secretKey`, in the DataVolume's namespace.
   *
   * @default - none
   */
  readonly credentials?: IRegistryCredentials;

  /**
   * Architecture of the image, such as `arm64`, where there are several.
   *
   * @default - that of the node
   */
  readonly architecture?: string;
}

/** An object that fills the disk by a populator of its own: of CDI's API group, or of somebody else. */
export interface PopulatorReference {
  /**
   * API group of the object, such as `forklift.cdi.kubevirt.io`.
   *
   * @default - none: of a PersistentVolumeClaim only
   */
  readonly apiGroup?: string;

  /** Kind of the object, such as `OvirtVolumePopulator`. */
  readonly kind: string;

  /** Name of the object, in the DataVolume's namespace. */
  readonly name: string;
}

/** How a registry is reached. */
export interface RegistrySourceOptions extends HttpSourceOptions {
  /**
   * Architecture of the image, such as `arm64`, where there are several.
   *
   * @default - that of the node
   */
  readonly architecture?: string;

  /**
   * Who pulls the image.
   *
   * @default - CDI's own: the pod
   */
  readonly pullMethod?: RegistryPullMethod;
}

export const DATA_SOURCE_OPTIONS: KnownKeys<DataSourceOptions> = { namespace: true };
export const HTTP_OPTIONS: KnownKeys<HttpSourceOptions> = { credentials: true, certConfigMapName: true };
export const WEB_OPTIONS: KnownKeys<WebSourceOptions> = {
  ...HTTP_OPTIONS,
  checksum: true,
  extraHeaders: true,
  secretExtraHeaders: true,
  insecureSkipVerify: true,
};
export const IMAGEIO_OPTIONS: KnownKeys<ImageioSourceOptions> = { ...HTTP_OPTIONS, insecureSkipVerify: true };
export const IMAGE_STREAM_OPTIONS: KnownKeys<ImageStreamSourceOptions> = { credentials: true, architecture: true };
const POPULATOR: KnownKeys<PopulatorReference> = { apiGroup: true, kind: true, name: true };
/** CDI v1.66.0: pkg/apiserver/webhooks/datavolume-validate.go and pkg/importer/checksum.go. */
const CHECKSUM = /^(?:md5:[0-9a-f]{32}|sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/i;
export const REGISTRY_OPTIONS: KnownKeys<RegistrySourceOptions> = {
  ...HTTP_OPTIONS,
  architecture: true,
  pullMethod: true,
};

/** A disk of a virtual machine of VMware, as CDI finds it. */
export interface VddkSourceOptions {
  /** UUID of the virtual machine in VMware. */
  readonly uuid: string;

  /** Path of the disk, such as `[iSCSI_Datastore] vm/vm_1.vmdk`. */
  readonly backingFile: string;

  /** Fingerprint of the server's certificate: 20 bytes, with colons between them. */
  readonly thumbprint: string;

  /** Login: a Secret with the keys `user` and `password`, in the DataVolume's namespace. */
  readonly credentials: IRegistryCredentials;

  /**
   * Image with VMware's library (VDDK).
   *
   * @default - that of the ConfigMap `v2v-vmware` of CDI's namespace
   */
  readonly initImageUrl?: string;

  /**
   * Name of a ConfigMap with arguments for VMware's library.
   *
   * @default - none
   */
  readonly extraArgsConfigMapName?: string;

  /**
   * Name of a ConfigMap with the certificate authority's certificates; since CDI v1.66, and not of a `DataVolumeTemplate`.
   *
   * @default - the certificate is known by its `thumbprint` alone
   */
  readonly certConfigMapName?: string;
}

export const VDDK_OPTIONS: KnownKeys<VddkSourceOptions> = {
  uuid: true,
  backingFile: true,
  thumbprint: true,
  credentials: true,
  initImageUrl: true,
  extraArgsConfigMapName: true,
  certConfigMapName: true,
};

/** Notes what is wrong with what a web server is told, and renders it. */
export function told(
  faults: Faults,
  { checksum, extraHeaders, secretExtraHeaders, insecureSkipVerify }: WebSourceOptions,
): Record<string, unknown> {
  checkBoolean(faults, 'insecureSkipVerify', insecureSkipVerify);
  if (checksum !== undefined && (typeof checksum !== 'string' || !CHECKSUM.test(checksum))) {
    faults.add('checksum', "be 'md5:', 'sha1:', 'sha256:' or 'sha512:' and all digits of it", checksum);
  }
  checkHeaders(faults, extraHeaders);
  checkTextList(faults, 'secretExtraHeaders', secretExtraHeaders);
  return { checksum, extraHeaders, secretExtraHeaders, insecureSkipVerify };
}

/** A header may hold a token, which stays out of the message. */
function checkHeaders(faults: Faults, headers: unknown): void {
  if (headers === undefined) return;
  const isList = Array.isArray(headers) && headers.every((line) => typeof line === 'string' && /^\S.*$/.test(line));
  if (!isList) faults.note(`'extraHeaders' must be a list of lines such as 'NAME: VALUE', got ${kindOf(headers)}`);
}

/** Notes what is wrong with how a server is reached, and renders it. */
export function reach(faults: Faults, options: HttpSourceOptions): Record<string, unknown> {
  if (options.credentials !== undefined) checkCredentials(faults, options.credentials);
  if (options.certConfigMapName !== undefined) checkName(faults, 'certConfigMapName', options.certConfigMapName);
  return { secretRef: options.credentials?.secretName, certConfigMap: options.certConfigMapName };
}

/** Notes what is wrong with the object of a populator. CDI v1.66.0: datavolume-validate.go, validateDataSourceRef. */
export function checkPopulator(faults: Faults, reference: PopulatorReference): void {
  requireObject(faults, 'reference', reference);
  checkKeys(faults, 'reference', reference, POPULATOR);
  const { apiGroup, kind, name } = reference;
  checkText(faults, 'kind', kind);
  checkName(faults, 'name', name);
  if (apiGroup !== undefined) checkName(faults, 'apiGroup', apiGroup);
  else if (kind !== 'PersistentVolumeClaim') faults.add('apiGroup', 'be given', apiGroup);
}

/** Notes what is wrong with the architecture of an image, and renders it. */
export function ofPlatform(faults: Faults, architecture: string | undefined): Record<string, unknown> {
  if (architecture !== undefined) checkText(faults, 'architecture', architecture);
  return { platform: architecture === undefined ? undefined : { architecture } };
}

/** A text may be the login itself: only a Secret's name is repeated. */
function loginRemedy(value: unknown): string {
  const isSecret = isObject(value) && value.kind === 'Secret' && typeof value.name === 'string';
  return isSecret ? 'write RegistryCredentials.fromSecret(secret)' : "write RegistryCredentials.fromSecretName('…')";
}

/** A value that is not a reference stays out of the message: it may be the login itself. */
function checkCredentials(faults: Faults, credentials: unknown): void {
  if (!isObject(credentials) || credentials.secretName === undefined) {
    faults.note(`'credentials' must be RegistryCredentials, got ${kindOf(credentials)}; ${loginRemedy(credentials)}`);
    return;
  }
  checkName(faults, 'credentials.secretName', credentials.secretName);
  if (credentials.namespace !== undefined) checkLabel(faults, 'credentials.namespace', credentials.namespace);
}
