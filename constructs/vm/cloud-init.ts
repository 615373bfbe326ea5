import { ISecret } from 'cdk8s-plus-27';
import { checkName, checkOneOf } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { checkCloudConfig, CloudConfig, renderCloudConfig } from './cloud-init-config';
import { CloudInitNetwork } from './cloud-init-network';
import { checkRawConfig, checkRawNetwork } from './cloud-init-raw';
import { checkGuestText } from './cloud-init-text';
import { GuestNetwork } from './guest-network';

/**
 * How the guest finds its data: the kind of volume that KubeVirt makes of it.
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/#cloudinitnocloud
 */
export enum CloudInitDatasource {
  /** A disk labelled `cidata`: what cloud-init looks for first. */
  NO_CLOUD = 'cloudInitNoCloud',
  /** A disk in the form of OpenStack's config drive, for images that look for that. */
  CONFIG_DRIVE = 'cloudInitConfigDrive',
}

/** What all forms of user data may have beside them. */
export interface CloudInitOptions {
  /**
   * How the guest finds its data.
   *
   * @default CloudInitDatasource.NO_CLOUD
   */
  readonly datasource?: CloudInitDatasource;

  /**
   * How the guest sets up its network cards.
   *
   * @default - cloud-init's own: DHCP on the first interface
   */
  readonly network?: CloudInitNetwork;

  /**
   * Network configuration as text, as cloud-init reads it: YAML of at most 2048 bytes, in the place of `network`.
   *
   * @default - cloud-init's own: DHCP on the first interface
   * @see https://cloudinit.readthedocs.io/en/latest/reference/network-config.html
   */
  readonly networkData?: string;

  /**
   * Name of a Secret of the VM's namespace that holds the network configuration under the key `networkdata`.
   *
   * @default - none
   */
  readonly networkDataSecretName?: string;
}

/**
 * The most bytes of inline data that KubeVirt takes, a kind of data: `cloudInitUserMaxLen` and
 * `cloudInitNetworkMaxLen`, held by `validateVolumes` in
 * pkg/virt-api/webhooks/validating-webhook/admitters/vmi-create-admitter.go.
 */
const MOST_BYTES = 2048;
const USER_SECRET =
  "put it into a Secret ('kubectl create secret generic NAME --from-file=userdata=FILE'), then CloudInit.fromSecretName('NAME')";
const NETWORK_SECRET =
  "put it into a Secret ('kubectl create secret generic NAME --from-file=networkdata=FILE') and set 'networkDataSecretName'";

/** Characters that a reader of the manifest's YAML may refuse or take for a line break; base64 carries them. */
const NOT_FOR_YAML = /[^\t\n\r\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** What user data begins with, lower case. Blanks before it do not matter, except for a script and for MIME. */
const HEADERS = ['#cloud-config', '#include', '#cloud-boothook', '#part-handler', '## template: jinja', '#ps1'];
const BLANKS = /^[ \t\r\n]+/;
const SCRIPT = '#!';
const MIME = /^(?:content-type|mime-version):/i;
/** cloud-init takes data for MIME that has this within its first 4096 bytes. */
const MIME_VERSION = 'mime-version:';
/** What Fedora CoreOS reads instead of cloud-init's data, from the same disk; `#ps1` is for Windows (cloudbase-init). */
const IGNITION = /^\s*\{[^]*"ignition"\s*:/;

/**
 * What the guest does at its first boot: user data for cloud-init, in the manifest or in a Secret.
 * Whoever may read the VM may read what is in the manifest.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/startup_scripts/
 */
export class CloudInit {
  /**
   * User data from structured data, as a `#cloud-config`.
   *
   * @throws if cloud-init does not accept a value, or the data has more than 2048 bytes.
   */
  public static of(config: CloudConfig, options: CloudInitOptions = {}): CloudInit {
    const faults = new Faults('CloudInit.of');
    checkCloudConfig(faults, config);
    const userData = faults.count === 0 ? renderCloudConfig(config) : '';
    checkBytes(faults, 'config', 'make', userData, `CloudInit.userDataOf(…) gives it: ${USER_SECRET}`);
    checkOptions(faults, options);
    faults.refuse();
    return new CloudInit(options, userData, undefined);
  }

  /**
   * User data of any format that cloud-init knows, as it is: `#cloud-config`, a script, MIME; also
   * Ignition's JSON and the PowerShell of cloudbase-init, which come by the same disk.
   *
   * @throws if it does not begin with a header that cloud-init knows, has more than 2048 bytes, or is a `#cloud-config` that is no
   * YAML or holds a password or a private key that everybody could read.
   * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
   */
  public static raw(userData: string, options: CloudInitOptions = {}): CloudInit {
    return CloudInit.ofText('CloudInit.raw', userData, options, false);
  }

  /**
   * As `raw`, with passwords that everybody may read, with the manifest and in the guest: for labs only.
   *
   * @throws as `raw`, but for the passwords.
   */
  public static publicDemoRaw(userData: string, options: CloudInitOptions = {}): CloudInit {
    return CloudInit.ofText('CloudInit.publicDemoRaw', userData, options, true);
  }

  /**
   * Data that something else than cloud-init reads from the same disk, such as the machine configuration of Talos, as it is.
   *
   * @throws if it is empty, has more than 2048 bytes, or begins with a header of cloud-init: `raw` takes that.
   */
  public static foreign(userData: string, options: CloudInitOptions = {}): CloudInit {
    const faults = new Faults('CloudInit.foreign');
    checkGuestText(faults, 'userData', userData);
    if (userData === '') faults.note("'userData' must be text, got empty text");
    else if (faults.count === 0 && isHeaded(userData)) {
      faults.note("'userData' must not be for cloud-init, got one of its headers; write CloudInit.raw(…)");
    }
    checkBytes(faults, 'userData', 'have', userData, USER_SECRET);
    checkOptions(faults, options);
    faults.refuse();
    return new CloudInit(options, userData, undefined);
  }

  /**
   * How the guest sets up its network cards, and nothing else.
   *
   * @param options `network`, `networkData` or `networkDataSecretName` at the least.
   * @throws if none of them is given, or an option is not what it must be; all faults in one error.
   */
  public static networkOnly(options: CloudInitOptions): CloudInit {
    const faults = new Faults('CloudInit.networkOnly');
    checkOptions(faults, options);
    const { network, networkData, networkDataSecretName } = options ?? {};
    if ([network, networkData, networkDataSecretName].every((given) => given === undefined)) {
      faults.note("'network' must be given, or 'networkData', or 'networkDataSecretName', got nothing");
    }
    faults.refuse();
    return new CloudInit(options, undefined, undefined);
  }

  private static ofText(factory: string, userData: string, options: CloudInitOptions, isPublic: boolean): CloudInit {
    const faults = new Faults(factory);
    checkGuestText(faults, 'userData', userData);
    if (faults.count === 0) checkHeader(faults, userData);
    if (faults.count === 0) checkRawConfig(faults, userData, isPublic);
    checkBytes(faults, 'userData', 'have', userData, USER_SECRET);
    checkOptions(faults, options);
    faults.refuse();
    return new CloudInit(options, userData, undefined);
  }

  /**
   * User data in a Secret of the VM's namespace, under the key `userdata`: of any format, up to 1 MiB.
   *
   * @throws if the name is not valid for a Secret.
   */
  public static fromSecretName(secretName: string, options: CloudInitOptions = {}): CloudInit {
    const faults = new Faults('CloudInit.fromSecretName');
    checkName(faults, 'secretName', secretName);
    checkOptions(faults, options);
    faults.refuse();
    return inCluster(new CloudInit(options, undefined, secretName), { kind: 'Secret', name: secretName });
  }

  /**
   * User data in a Secret of the VM's namespace, under the key `userdata`.
   *
   * @throws if it is not a Secret of cdk8s-plus.
   */
  public static fromSecret(secret: ISecret, options: CloudInitOptions = {}): CloudInit {
    const faults = new Faults('CloudInit.fromSecret');
    const { name } = (secret ?? {}) as Partial<ISecret>;
    if (typeof secret !== 'object' || typeof name !== 'string') {
      faults.note(`'secret' must be a Secret of cdk8s-plus, got ${kindOf(secret)}; write CloudInit.fromSecretName(…)`);
    }
    checkOptions(faults, options);
    faults.refuse();
    return new CloudInit(options, undefined, name);
  }

  /**
   * The text that `of` makes of a configuration, of any length: what to put into a Secret.
   *
   * @throws if cloud-init does not accept a value.
   */
  public static userDataOf(config: CloudConfig): string {
    const faults = new Faults('CloudInit.userDataOf');
    checkCloudConfig(faults, config);
    faults.refuse();
    return renderCloudConfig(config);
  }

  private readonly options: CloudInitOptions;

  private constructor(
    options: CloudInitOptions,
    /** The user data, if it is in the manifest and not in a Secret. */
    public readonly userData: string | undefined,
    /** Name of the Secret, if one holds the user data. */
    public readonly secretName: string | undefined,
  ) {
    this.options = { ...options };
  }

  /**
   * Notes a network card that it sets up and the VM does not have.
   *
   * @internal
   */
  public _checkNetworks(faults: Faults, networks: readonly GuestNetwork[]): void {
    this.options.network?._checkNetworks(faults, networks);
  }

  /** @internal */
  public _volumeSource(): { [kind: string]: { [field: string]: unknown } } {
    const { datasource = CloudInitDatasource.NO_CLOUD, network, networkDataSecretName } = this.options;
    const networkData = network?._text() ?? this.options.networkData;
    return {
      [datasource]: {
        ...inline('userData', this.userData),
        ...(this.secretName !== undefined && { secretRef: { name: this.secretName } }),
        ...inline('networkData', networkData),
        ...(networkDataSecretName !== undefined && { networkDataSecretRef: { name: networkDataSecretName } }),
      },
    };
  }
}

const KNOWN_OPTIONS: { readonly [key in keyof Required<CloudInitOptions>]: true } = {
  datasource: true,
  network: true,
  networkData: true,
  networkDataSecretName: true,
};

function checkOptions(faults: Faults, options: unknown): void {
  if (!checkKeys(faults, 'options', options, KNOWN_OPTIONS)) return;
  const { datasource, network, networkData, networkDataSecretName: name } = options;
  if (network !== undefined) checkNetwork(faults, network, networkData);
  checkOneOf(faults, 'datasource', datasource, CloudInitDatasource);
  if (networkData === '') faults.note("'networkData' must be text, got empty text; leave it out");
  if (networkData !== undefined) checkNetworkData(faults, networkData);
  checkBytes(faults, 'networkData', 'have', networkData, NETWORK_SECRET);
  if (name === undefined) return;
  checkName(faults, 'networkDataSecretName', name);
  const beside = network !== undefined ? 'network' : 'networkData';
  if (network !== undefined || networkData !== undefined) {
    faults.note(`'networkDataSecretName' must stand without '${beside}', got both; keep one`);
  }
}

function checkNetwork(faults: Faults, network: unknown, networkData: unknown): void {
  if (!(network instanceof CloudInitNetwork)) {
    const remedy = 'write CloudInitNetwork.v2([{ network: … }])';
    faults.note(`'network' must be a CloudInitNetwork, got ${kindOf(network)}; ${remedy}`);
  } else checkBytes(faults, 'network', 'make', network._text(), NETWORK_SECRET);
  if (networkData !== undefined) faults.note("'networkData' must stand without 'network', got both; keep one");
}

function checkNetworkData(faults: Faults, networkData: unknown): void {
  const before = faults.count;
  checkGuestText(faults, 'networkData', networkData);
  if (faults.count === before) checkRawNetwork(faults, networkData as string);
}

/** Whether it begins with a header that cloud-init knows, or is for what comes by the same disk. */
function isHeaded(userData: string): boolean {
  const start = userData.slice(0, MOST_BYTES * 2).toLowerCase();
  if (HEADERS.some((header) => start.replace(BLANKS, '').startsWith(header)) || start.startsWith(SCRIPT)) return true;
  return (MIME.test(start) && start.includes(MIME_VERSION)) || IGNITION.test(start);
}

function checkHeader(faults: Faults, userData: string): void {
  if (isHeaded(userData)) return;
  faults.note(
    `'userData' must begin with a header of cloud-init ('#cloud-config', '#!', '#include', '#cloud-boothook', '#part-handler', '## template: jinja', or MIME with 'Content-Type:' and 'MIME-Version:'), got ${headerOf(userData)}; put '#cloud-config' on the first line before YAML, '#!/bin/sh' before a script`,
  );
}

/** The first word, where it is meant for a header; more is not shown, since it may hold a password. */
function headerOf(userData: string): string {
  if (userData.startsWith('\ufeff')) return 'a byte order mark before it';
  const [word] = /^\s*#+ ?[A-Za-z-]*/.exec(userData) ?? [];
  return word === undefined ? `${userData === '' ? 'empty' : 'other'} text` : JSON.stringify(word.trimStart());
}

/** Text as the field that carries it: as it is, or in base64 where YAML readers disagree on one of its characters. */
function inline(field: string, text: string | undefined): { [field: string]: string } {
  if (text === undefined) return {};
  return NOT_FOR_YAML.test(text) ? { [`${field}Base64`]: Buffer.from(text).toString('base64') } : { [field]: text };
}

function checkBytes(faults: Faults, property: string, verb: string, text: unknown, remedy: string): void {
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : 0;
  if (bytes <= MOST_BYTES) return;
  faults.note(
    `'${property}' must ${verb} at most ${MOST_BYTES} bytes (KubeVirt refuses more inline data), got ${bytes} bytes; ${remedy}`,
  );
}
