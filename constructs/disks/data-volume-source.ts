import { checkLabel, checkName, checkOneOf, checkTextList, isObject, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { checkDisk, IDisk } from '../storage/disk';
import { IRegistryCredentials } from './registry-credentials';
import { checkSnapshot, ISnapshot } from './snapshot';
import { checkUrl } from './source-url';

/** Where the bytes of a DataVolume come from. */
export enum DataVolumeSourceKind {
  /** An image in a container registry. */
  REGISTRY = 'registry',
  /** An image on a web server. */
  HTTP = 'http',
  /** An image that a client uploads. */
  UPLOAD = 'upload',
  /** Another claim: a clone. */
  CLAIM = 'pvc',
  /** A VolumeSnapshot: a clone. */
  SNAPSHOT = 'snapshot',
  /** An empty disk. */
  BLANK = 'blank',
  /** What a DataSource leads to: a golden image. */
  DATA_SOURCE = 'DataSource',
}

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
}

/** How a registry is reached. */
export interface RegistrySourceOptions extends HttpSourceOptions {
  /**
   * Who pulls the image.
   *
   * @default - CDI's own: the pod
   */
  readonly pullMethod?: RegistryPullMethod;
}

const DATA_SOURCE_OPTIONS: KnownKeys<DataSourceOptions> = { namespace: true };
const HTTP_OPTIONS: KnownKeys<HttpSourceOptions> = { credentials: true, certConfigMapName: true };
const WEB_OPTIONS: KnownKeys<WebSourceOptions> = {
  ...HTTP_OPTIONS,
  checksum: true,
  extraHeaders: true,
  secretExtraHeaders: true,
};
/** CDI v1.66.0: pkg/apiserver/webhooks/datavolume-validate.go and pkg/importer/checksum.go. */
const CHECKSUM = /^(?:md5:[0-9a-f]{32}|sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/i;
const REGISTRY_OPTIONS: KnownKeys<RegistrySourceOptions> = { ...HTTP_OPTIONS, pullMethod: true };

/** The part of the source that goes into the manifest. */
export type RenderedSource = Record<string, unknown>;

/**
 * What fills a disk.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#source
 */
export class DataVolumeSource {
  /**
   * An image in a container registry.
   *
   * @param url `docker://HOST/IMAGE:TAG`, or `oci-archive://…`
   * @throws if CDI does not accept the address or an option, or the address holds a login; all faults in one
   * error.
   */
  public static registry(url: string, options: RegistrySourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.registry');
    checkUrl(faults, url, ['docker', 'oci-archive']);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, REGISTRY_OPTIONS);
    checkOneOf(faults, 'pullMethod', options.pullMethod, RegistryPullMethod);
    const rendered = { url, ...reach(faults, options), pullMethod: options.pullMethod };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.REGISTRY, rendered, { credentials: options.credentials });
  }

  /**
   * An image (raw, qcow2, vmdk, vdi, vhd, iso; also `.gz` and `.xz`) on a web server.
   *
   * @param url `https://…` or `http://…`
   * @throws if CDI does not accept the address or an option, or the address holds a login; all faults in one
   * error.
   */
  public static http(url: string, options: WebSourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.http');
    checkUrl(faults, url, ['https', 'http']);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, WEB_OPTIONS);
    const rendered = { url, ...reach(faults, options), ...told(faults, options) };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.HTTP, rendered, { credentials: options.credentials });
  }

  /** An image that `virtctl image-upload dv` sends. */
  public static upload(): DataVolumeSource {
    return new DataVolumeSource(DataVolumeSourceKind.UPLOAD, {});
  }

  /**
   * A clone of another disk, of the same or another namespace.
   *
   * @throws if it is not a disk.
   */
  public static claim(disk: IDisk): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.claim');
    checkDisk(faults, 'disk', disk);
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.CLAIM, { name: disk.claimName }, { from: disk, disk });
  }

  /**
   * A clone of a disk's snapshot, of the same or another namespace.
   *
   * @throws if it is not a snapshot.
   */
  public static snapshot(snapshot: ISnapshot): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.snapshot');
    checkSnapshot(faults, 'snapshot', snapshot);
    faults.refuse();
    const { snapshotName: name, disk } = snapshot;
    return new DataVolumeSource(DataVolumeSourceKind.SNAPSHOT, { name }, { from: snapshot, disk });
  }

  /**
   * What a DataSource leads to: the newest golden image, whether a claim or a snapshot. CDI takes the size from it where
   * `claimApi` is `ClaimApi.STORAGE`.
   *
   * @param name Of the DataSource, such as `fedora`.
   * @throws if Kubernetes does not accept the name or the namespace; all faults in one error.
   */
  public static dataSource(name: string, options: DataSourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.dataSource');
    checkName(faults, 'name', name);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, DATA_SOURCE_OPTIONS);
    if (options.namespace !== undefined) checkLabel(faults, 'namespace', options.namespace);
    faults.refuse();
    const { namespace } = options;
    return new DataVolumeSource(DataVolumeSourceKind.DATA_SOURCE, { kind: 'DataSource', name, namespace });
  }

  /** An empty disk. */
  public static blank(): DataVolumeSource {
    return new DataVolumeSource(DataVolumeSourceKind.BLANK, {});
  }

  /** The disk that a clone is of, as far as it is known. */
  public readonly disk?: IDisk;

  private readonly from?: { readonly namespace?: string };
  private readonly credentials?: IRegistryCredentials;

  private constructor(
    /** Where the bytes come from. */
    public readonly kind: DataVolumeSourceKind,
    private readonly rendered: Record<string, unknown>,
    relations: Pick<DataVolumeSource, 'disk'> & {
      from?: { namespace?: string };
      credentials?: IRegistryCredentials;
    } = {},
  ) {
    this.disk = relations.disk;
    this.from = relations.from;
    this.credentials = relations.credentials;
  }

  /** Whether the disk is a clone: of a claim or of a snapshot. */
  public get isClone(): boolean {
    return this.kind === DataVolumeSourceKind.CLAIM || this.kind === DataVolumeSourceKind.SNAPSHOT;
  }

  /**
   * Notes a Secret of another namespace.
   *
   * @internal
   */
  public _checkCredentials(faults: Faults, namespace: string | undefined): void {
    const secret = this.credentials;
    if (secret?.namespace === undefined || secret.namespace === namespace) return;
    const where = namespace === undefined ? ', which is not set' : ` '${namespace}'`;
    const must = `name a Secret of the DataVolume's namespace${where}`;
    faults.add('source.credentials', must, `${secret.namespace}/${secret.secretName}`);
  }

  /**
   * Notes what a standalone DataVolume of that name and namespace cannot have: a Secret of another namespace, and a clone
   * without a namespace or of itself. CDI does not fill the namespace in:
   * pkg/apiserver/webhooks/datavolume-validate.go, validateDataVolumeSpec (v1.63.1).
   *
   * @internal
   */
  public _checkTarget(faults: Faults, name: string, namespace: string | undefined): void {
    this._checkCredentials(faults, namespace);
    if (!this.isClone) return;
    const from = this.from?.namespace ?? namespace;
    if (from === undefined) {
      const remedy = "set 'namespace' on the source, on this construct or on its chart";
      faults.add('source', 'name the namespace that it clones from', this.rendered.name, remedy);
      return;
    }
    this._checkSelf(faults, name, namespace);
  }

  /**
   * Notes a clone of itself: a DataVolume of that name and namespace.
   *
   * @internal
   */
  public _checkSelf(faults: Faults, name: string, namespace: string | undefined): void {
    const from = this.from?.namespace ?? namespace;
    if (this.kind !== DataVolumeSourceKind.CLAIM || this.rendered.name !== name || from !== namespace) return;
    const found = from === undefined ? name : `${from}/${name}`;
    faults.add('source', 'be another disk than the clone itself', found, "give the clone another 'name'");
  }

  /**
   * The field of a DataVolume's `spec` that says its source.
   *
   * @internal
   */
  public get _field(): string {
    return this.kind === DataVolumeSourceKind.DATA_SOURCE ? 'sourceRef' : 'source';
  }

  /**
   * The `source` of a DataVolume of that namespace, or its `sourceRef`. Of a clone CDI wants the namespace said.
   *
   * @internal
   */
  public _render(namespace: string | undefined): RenderedSource {
    if (this.kind === DataVolumeSourceKind.DATA_SOURCE) return { ...this.rendered };
    const place = this.isClone ? { namespace: this.from?.namespace ?? namespace } : {};
    return { [this.kind]: { ...this.rendered, ...place } };
  }
}

function told(
  faults: Faults,
  { checksum, extraHeaders, secretExtraHeaders }: WebSourceOptions,
): Record<string, unknown> {
  if (checksum !== undefined && (typeof checksum !== 'string' || !CHECKSUM.test(checksum))) {
    faults.add('checksum', "be 'md5:', 'sha1:', 'sha256:' or 'sha512:' and all digits of it", checksum);
  }
  checkHeaders(faults, extraHeaders);
  checkTextList(faults, 'secretExtraHeaders', secretExtraHeaders);
  return { checksum, extraHeaders, secretExtraHeaders };
}

/** A header may hold a token, which stays out of the message. */
function checkHeaders(faults: Faults, headers: unknown): void {
  if (headers === undefined) return;
  const isList = Array.isArray(headers) && headers.every((line) => typeof line === 'string' && /^[^\s:]+:/.test(line));
  if (!isList) faults.note(`'extraHeaders' must be a list of lines 'NAME: VALUE', got ${kindOf(headers)}`);
}

function reach(faults: Faults, options: HttpSourceOptions): Record<string, unknown> {
  if (options.credentials !== undefined) checkCredentials(faults, options.credentials);
  if (options.certConfigMapName !== undefined) checkName(faults, 'certConfigMapName', options.certConfigMapName);
  return { secretRef: options.credentials?.secretName, certConfigMap: options.certConfigMapName };
}

/** A value that is not a reference stays out of the message: it may be the login itself. */
function checkCredentials(faults: Faults, credentials: unknown): void {
  if (!isObject(credentials) || credentials.secretName === undefined) {
    const remedy = "write RegistryCredentials.fromSecretName('…')";
    faults.note(`'credentials' must be RegistryCredentials, got ${kindOf(credentials)}; ${remedy}`);
    return;
  }
  checkName(faults, 'credentials.secretName', credentials.secretName);
  if (credentials.namespace !== undefined) checkLabel(faults, 'credentials.namespace', credentials.namespace);
}
