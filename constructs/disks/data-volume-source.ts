import { checkBoolean, checkLabel, checkName, checkOneOf, checkText, requireObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { ContentType } from '../storage/claim-modes';
import { checkDisk, IDisk } from '../storage/disk';
import { DataVolumeSourceKind } from './data-volume-source-kind';
import { IRegistryCredentials } from './registry-credentials';
import { checkSnapshot, ISnapshot } from './snapshot';
import {
  checkPopulator,
  DATA_SOURCE_OPTIONS,
  DataSourceOptions,
  HTTP_OPTIONS,
  HttpSourceOptions,
  IMAGE_STREAM_OPTIONS,
  IMAGEIO_OPTIONS,
  ImageioSourceOptions,
  ImageStreamSourceOptions,
  ofPlatform,
  PopulatorReference,
  reach,
  REGISTRY_OPTIONS,
  RegistryPullMethod,
  RegistrySourceOptions,
  told,
  VDDK_OPTIONS,
  VddkSourceOptions,
  WEB_OPTIONS,
  WebSourceOptions,
} from './source-options';
import { checkUrl } from './source-url';

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
    const { pullMethod, architecture, credentials } = options;
    const rendered = { url, ...reach(faults, options), pullMethod, ...ofPlatform(faults, architecture) };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.REGISTRY, rendered, { credentials });
  }

  /**
   * An image in a registry, by the name of an image stream of OpenShift; the node pulls it.
   *
   * @param imageStream Name of the image stream, in the DataVolume's namespace.
   * @throws if Kubernetes does not accept the name, or an option is not what it must be; all faults in one error.
   */
  public static imageStream(imageStream: string, options: ImageStreamSourceOptions = {}): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.imageStream');
    checkName(faults, 'imageStream', imageStream);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, IMAGE_STREAM_OPTIONS);
    const { credentials, architecture } = options;
    const { secretRef } = reach(faults, { credentials });
    // CDI v1.66.0: pkg/apiserver/webhooks/util.go, validateDataVolumeSourceRegistry.
    const pullMethod = RegistryPullMethod.NODE;
    const rendered = { imageStream, secretRef, pullMethod, ...ofPlatform(faults, architecture) };
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.REGISTRY, rendered, { credentials });
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
    const notOfTemplate = options.insecureSkipVerify === undefined ? undefined : 'insecureSkipVerify';
    const { credentials } = options;
    return new DataVolumeSource(DataVolumeSourceKind.HTTP, rendered, { credentials, notOfTemplate });
  }

  /**
   * An image in a bucket of Amazon's S3, or of a store that speaks it.
   *
   * @param url `https://HOST/BUCKET/OBJECT`
   * @throws if CDI does not accept the address or an option; all faults in one error.
   */
  public static s3(url: string, options: HttpSourceOptions = {}): DataVolumeSource {
    return DataVolumeSource.reached(DataVolumeSourceKind.S3, url, ['https', 'http'], options);
  }

  /**
   * An image in a bucket of Google Cloud Storage; the Secret of its `credentials` has the key `creds-gcp.json`.
   *
   * @param url `gs://BUCKET/OBJECT`, or `https://storage.cloud.google.com/BUCKET/OBJECT`
   * @throws if CDI does not accept the address or an option; all faults in one error.
   */
  public static gcs(url: string, options: HttpSourceOptions = {}): DataVolumeSource {
    const { certConfigMapName, ...known } = options ?? {};
    const source = DataVolumeSource.reached(DataVolumeSourceKind.GCS, url, ['gs', 'https', 'http'], known);
    const faults = new Faults('DataVolumeSource.gcs');
    if (certConfigMapName !== undefined)
      faults.add('certConfigMapName', 'be left out: CDI has no place for it', certConfigMapName);
    faults.refuse();
    return source;
  }

  /**
   * A disk of oVirt, by its ImageIO. It needs `credentials` and `certConfigMapName`.
   *
   * @param url Of oVirt's engine: `https://HOST/ovirt-engine/api`
   * @param diskId Of the disk in oVirt.
   * @throws if CDI does not accept a value; all faults in one error.
   */
  public static imageio(url: string, diskId: string, options: ImageioSourceOptions): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.imageio');
    checkText(faults, 'diskId', diskId);
    requireObject(faults, 'options', options);
    // CDI v1.66.0: pkg/apiserver/webhooks/util.go, validateImageioSource.
    if (options.credentials === undefined) faults.add('credentials', 'be given', undefined);
    if (options.certConfigMapName === undefined) faults.add('certConfigMapName', 'be given', undefined);
    checkKeys(faults, 'options', options, IMAGEIO_OPTIONS);
    checkBoolean(faults, 'insecureSkipVerify', options.insecureSkipVerify);
    faults.refuse();
    const { insecureSkipVerify, ...others } = options;
    const more = { diskId, insecureSkipVerify };
    return DataVolumeSource.reached(DataVolumeSourceKind.IMAGEIO, url, ['https', 'http'], others, more);
  }

  /**
   * A disk of a virtual machine of VMware, by VMware's library (VDDK).
   *
   * @param url Of vCenter, or of the host: `https://HOST`
   * @throws if CDI does not accept a value; all faults in one error.
   */
  public static vddk(url: string, options: VddkSourceOptions): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.vddk');
    checkUrl(faults, url, ['https', 'http']);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, VDDK_OPTIONS);
    const { uuid, backingFile, thumbprint, credentials, initImageUrl, extraArgsConfigMapName: extraArgs } = options;
    // CDI v1.66.0: pkg/apiserver/webhooks/util.go, validateVDDKSource.
    for (const [name, value] of Object.entries({ uuid, backingFile, thumbprint })) checkText(faults, name, value);
    if (credentials === undefined) faults.add('credentials', 'be given', undefined);
    if (initImageUrl !== undefined) checkText(faults, 'initImageUrl', initImageUrl);
    if (extraArgs !== undefined) checkName(faults, 'extraArgsConfigMapName', extraArgs);
    const { certConfigMapName } = options;
    const login = reach(faults, { credentials, certConfigMapName });
    faults.refuse();
    const rendered = { url, uuid, backingFile, thumbprint, ...login, initImageUrl, extraArgs };
    const notOfTemplate = certConfigMapName === undefined ? undefined : 'certConfigMapName';
    return new DataVolumeSource(DataVolumeSourceKind.VDDK, rendered, { credentials, notOfTemplate });
  }

  private static reached(
    kind: DataVolumeSourceKind,
    url: string,
    schemes: readonly string[],
    options: HttpSourceOptions,
    more: Record<string, unknown> = {},
  ): DataVolumeSource {
    const faults = new Faults(`DataVolumeSource.${kind}`);
    checkUrl(faults, url, schemes, kind === DataVolumeSourceKind.S3);
    requireObject(faults, 'options', options);
    checkKeys(faults, 'options', options, HTTP_OPTIONS);
    const rendered = { url, ...more, ...reach(faults, options) };
    faults.refuse();
    return new DataVolumeSource(kind, rendered, { credentials: options.credentials });
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
    requireObject(faults, 'options', options, 'namespace');
    checkKeys(faults, 'options', options, DATA_SOURCE_OPTIONS);
    if (options.namespace !== undefined) checkLabel(faults, 'namespace', options.namespace);
    faults.refuse();
    const { namespace } = options;
    return new DataVolumeSource(DataVolumeSourceKind.DATA_SOURCE, { kind: 'DataSource', name, namespace });
  }

  /**
   * What a populator makes of an object of its kind, such as a `VolumeImportSource` of CDI.
   *
   * @param reference The object, in the DataVolume's namespace.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static populator(reference: PopulatorReference): DataVolumeSource {
    const faults = new Faults('DataVolumeSource.populator');
    checkPopulator(faults, reference);
    faults.refuse();
    return new DataVolumeSource(DataVolumeSourceKind.POPULATOR, { ...reference });
  }

  /** An empty disk. */
  public static blank(): DataVolumeSource {
    return new DataVolumeSource(DataVolumeSourceKind.BLANK, {});
  }

  /** The disk that a clone is of, as far as it is known. */
  public readonly disk?: IDisk;

  private readonly from?: { readonly namespace?: string };
  private readonly credentials?: IRegistryCredentials;

  /**
   * The option that KubeVirt's schema of a template does not have (v1.9.0).
   *
   * @internal
   */
  public readonly _notOfTemplate?: string;

  private constructor(
    /** Where the bytes come from. */
    public readonly kind: DataVolumeSourceKind,
    private readonly rendered: Record<string, unknown>,
    relations: Pick<DataVolumeSource, 'disk'> & {
      from?: { namespace?: string };
      credentials?: IRegistryCredentials;
      notOfTemplate?: string;
    } = {},
  ) {
    this._notOfTemplate = relations.notOfTemplate;
    this.disk = relations.disk;
    this.from = relations.from;
    this.credentials = relations.credentials;
  }

  /** Whether the disk is a clone: of a claim or of a snapshot. */
  public get isClone(): boolean {
    return this.kind === DataVolumeSourceKind.CLAIM || this.kind === DataVolumeSourceKind.SNAPSHOT;
  }

  /**
   * Whether CDI needs scratch space for it, whatever the server answers: doc/scratch-space.md.
   *
   * @internal
   */
  public _needsScratch(contentType: unknown): boolean {
    if (this.kind === DataVolumeSourceKind.UPLOAD) return true;
    if (this.kind === DataVolumeSourceKind.REGISTRY) return this.rendered.pullMethod !== RegistryPullMethod.NODE;
    return this.kind === DataVolumeSourceKind.HTTP && contentType === ContentType.ARCHIVE;
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
   * The part of a DataVolume's `spec` that says its source, in a namespace. Of a clone CDI wants the namespace said.
   *
   * @internal
   */
  public _renderSpec(namespace: string | undefined): RenderedSource {
    if (this.kind === DataVolumeSourceKind.POPULATOR) return {};
    return { [this.kind === DataVolumeSourceKind.DATA_SOURCE ? 'sourceRef' : 'source']: this._render(namespace) };
  }

  /**
   * The part of its claim that says its source.
   *
   * @internal
   */
  public _renderClaim(): RenderedSource {
    return this.kind === DataVolumeSourceKind.POPULATOR ? { dataSourceRef: { ...this.rendered } } : {};
  }

  /**
   * The `source` of a DataVolume of that namespace, or its `sourceRef`.
   *
   * @internal
   */
  public _render(namespace: string | undefined): RenderedSource {
    if (this.kind === DataVolumeSourceKind.DATA_SOURCE) return { ...this.rendered };
    const place = this.isClone ? { namespace: this.from?.namespace ?? namespace } : {};
    return { [this.kind]: { ...this.rendered, ...place } };
  }
}
