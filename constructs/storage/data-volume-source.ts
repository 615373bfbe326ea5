import { checkLabel, checkName, checkOneOf } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { IDisk } from './disk';
import { IRegistryCredentials } from './registry-credentials';
import { ISnapshot } from './snapshot';

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
  /** Nothing: an empty disk. */
  BLANK = 'blank',
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

/** How a registry is reached. */
export interface RegistrySourceOptions extends HttpSourceOptions {
  /**
   * Who pulls the image.
   *
   * @default - CDI's own: the pod
   */
  readonly pullMethod?: RegistryPullMethod;
}

/** The part of the source that goes into the manifest. */
export type RenderedSource = Record<string, Record<string, unknown>>;

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
   */
  public static registry(url: string, options: RegistrySourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.registry');
    checkUrl(faults, url, ['docker', 'oci-archive']);
    checkOneOf(faults, 'pullMethod', options.pullMethod, RegistryPullMethod);
    const rendered = { url, ...reach(faults, options), pullMethod: options.pullMethod };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.REGISTRY, rendered, { credentials: options.credentials });
  }

  /**
   * An image (raw, qcow2, vmdk, vdi, vhd, iso; also `.gz` and `.xz`) on a web server.
   *
   * @param url `https://…` or `http://…`
   */
  public static http(url: string, options: HttpSourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.http');
    checkUrl(faults, url, ['https', 'http']);
    const rendered = { url, ...reach(faults, options) };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.HTTP, rendered, { credentials: options.credentials });
  }

  /** An image that `virtctl image-upload dv` sends. */
  public static upload(): DataVolumeSource {
    return new DataVolumeSource(DataVolumeSourceKind.UPLOAD, {});
  }

  /** A clone of another disk, of the same or another namespace. */
  public static claim(disk: IDisk): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.claim');
    checkName(faults, 'disk', disk?.claimName);
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.CLAIM, { name: disk.claimName }, { from: disk, disk });
  }

  /** A clone of a disk's snapshot, of the same or another namespace. */
  public static snapshot(snapshot: ISnapshot): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.snapshot');
    checkName(faults, 'snapshot', snapshot?.snapshotName);
    faults.refuse();
    const { snapshotName: name, disk } = snapshot;
    return new DataVolumeSource(DataVolumeSourceKind.SNAPSHOT, { name }, { from: snapshot, disk });
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
    const must = `name a Secret of the DataVolume's namespace '${namespace ?? ''}'`;
    faults.add('source.credentials', must, `${secret.namespace}/${secret.secretName}`);
  }

  /**
   * Notes what a standalone DataVolume of that namespace cannot have: beside the Secret of another
   * namespace, a clone from nowhere. CDI does not fill the namespace in:
   * pkg/apiserver/webhooks/datavolume-validate.go, validateDataVolumeSpec (v1.63.1).
   *
   * @internal
   */
  public _checkNamespace(faults: Faults, namespace: string | undefined): void {
    this._checkCredentials(faults, namespace);
    if (!this.isClone || (this.from?.namespace ?? namespace) !== undefined) return;
    const remedy = "set 'namespace' on the source, on this construct or on its chart";
    faults.add('source', 'name the namespace that it clones from', this.rendered.name, remedy);
  }

  /**
   * The `source` of a DataVolume of that namespace. Of a clone CDI wants the namespace said.
   *
   * @internal
   */
  public _render(namespace: string | undefined): RenderedSource {
    const place = this.isClone ? { namespace: this.from?.namespace ?? namespace } : {};
    return { [this.kind]: { ...this.rendered, ...place } };
  }
}

function reach(faults: Faults, options: HttpSourceOptions): Record<string, unknown> {
  if (options.credentials !== undefined) checkName(faults, 'credentials', options.credentials.secretName);
  if (options.credentials?.namespace !== undefined)
    checkLabel(faults, 'credentials.namespace', options.credentials.namespace);
  if (options.certConfigMapName !== undefined) checkName(faults, 'certConfigMapName', options.certConfigMapName);
  return { secretRef: options.credentials?.secretName, certConfigMap: options.certConfigMapName };
}

/**
 * CDI takes no other schemes: pkg/apiserver/webhooks/util.go, validateSourceURL and
 * validateDataVolumeSourceRegistry (v1.63.1). A login in the address would stand in the output.
 */
function checkUrl(faults: Faults, url: unknown, schemes: readonly string[]): void {
  const must = `be an address that starts with ${schemes.map((scheme) => `'${scheme}://'`).join(' or ')}`;
  const [, scheme, rest] = (typeof url === 'string' && /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\S+)$/i.exec(url)) || [];
  if (rest === undefined) {
    faults.add('url', must, url);
  } else if (scheme === undefined || !schemes.includes(scheme)) {
    faults.add('url', must, withoutLogin(String(url)), `write '${schemes[0]}://${withoutLogin(rest)}'`);
  } else if (/^[^/]*@/.test(rest)) {
    const remedy = "put the login into a Secret and give it as 'credentials'";
    faults.add('url', 'hold no login', withoutLogin(String(url)), remedy);
  }
}

function withoutLogin(url: string): string {
  return url.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)?)[^/@]*@/i, '$1');
}
