import { isObject } from '../shared/checks';
import { aBoolean, checkGiven, listOf, part, PropCheck, PropChecks, required, texts } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { address, checkGuestTexts, guestText, nonEmpty } from './cloud-init-text';
import { CloudYaml, CloudYamlMap } from './cloud-init-yaml';

/** A source of packages of Debian and Ubuntu: a file below `/etc/apt/sources.list.d`. */
export interface AptSource {
  /** Name of the file, without its end. */
  readonly name: string;

  /** The line, such as `deb http://example.com/apt $RELEASE main`, or `ppa:OWNER/NAME`. */
  readonly source: string;

  /**
   * Fingerprint of the key that signs it, which cloud-init fetches.
   *
   * @default - none
   */
  readonly keyid?: string;

  /**
   * Server that has the key.
   *
   * @default - cloud-init's own: keyserver.ubuntu.com
   */
  readonly keyserver?: string;

  /**
   * The public key itself, as text.
   *
   * @default - none
   */
  readonly key?: string;
}

/** Where Debian and Ubuntu take their packages from. */
export interface AptConfig {
  /**
   * Sources beside those of the image.
   *
   * @default - none
   */
  readonly sources?: AptSource[];

  /**
   * Mirror of the distribution in the place of the usual one.
   *
   * @default - that of the image
   */
  readonly mirror?: string;

  /**
   * Proxy for all packages.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * Whether the sources of the image stay as they are.
   *
   * @default false
   */
  readonly preserveSourcesList?: boolean;

  /**
   * Lines for apt's configuration.
   *
   * @default - none
   */
  readonly conf?: string;
}

/** A source of packages of Fedora, RHEL and their like: a file below `/etc/yum.repos.d`. */
export interface YumRepo {
  /** Name of the file, without its end. */
  readonly id: string;

  /**
   * What it is called.
   *
   * @default - its id
   */
  readonly name?: string;

  /** Address of the folder that has `repodata`. */
  readonly baseurl: string;

  /**
   * Whether it is used.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether signatures are checked.
   *
   * @default - as the image has it
   */
  readonly gpgcheck?: boolean;

  /**
   * Address of the public key that signs it.
   *
   * @default - none
   */
  readonly gpgkey?: string;
}

/** Certificates that the guest trusts. */
export interface GuestCaCerts {
  /**
   * Whether those of the image are removed.
   *
   * @default false
   */
  readonly removeDefaults?: boolean;

  /**
   * Certificates to trust, each as PEM.
   *
   * @default - none
   */
  readonly trusted?: string[];
}

/**
 * What software the guest has, where it comes from, and whom the guest trusts.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#apt-configure
 */
export interface CloudConfigSoftware {
  /**
   * Whether the list of packages is fetched again.
   *
   * @default - only where `packages` ask for it
   */
  readonly packageUpdate?: boolean;

  /**
   * Whether all installed packages are upgraded.
   *
   * @default false
   */
  readonly packageUpgrade?: boolean;

  /**
   * Packages to install, by the names of the guest's package manager.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * Sources of Debian and Ubuntu.
   *
   * @default - those of the image
   */
  readonly apt?: AptConfig;

  /**
   * Sources of Fedora, RHEL and their like.
   *
   * @default - those of the image
   */
  readonly yumRepos?: YumRepo[];

  /**
   * Certificates that the guest trusts.
   *
   * @default - those of the image
   */
  readonly caCerts?: GuestCaCerts;

  /**
   * Whether the guest restarts where a package asks for it.
   *
   * @default false
   */
  readonly packageRebootIfRequired?: boolean;
}

const word = guestText({ oneLine: true });
const text = guestText();
const CERTIFICATE = /^\s*-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----\s*$/;
const certificate = guestText({ form: CERTIFICATE, must: "be a certificate as PEM ('-----BEGIN CERTIFICATE-----')" });

const names: PropCheck = (faults, property, value) => checkGuestTexts(faults, property, value, { oneLine: true });

/** What `CloudConfigSoftware` must be. */
export const CLOUD_CONFIG_SOFTWARE: PropChecks<CloudConfigSoftware> = {
  packageUpdate: aBoolean,
  packageUpgrade: aBoolean,
  packages: names,
  apt: part<AptConfig>({
    sources: listOf(
      part<AptSource>({ name: required(word), source: required(address), keyid: word, keyserver: word, key: text }),
    ),
    mirror: address,
    proxy: address,
    preserveSourcesList: aBoolean,
    conf: text,
  }),
  yumRepos: listOf(
    part<YumRepo>({
      id: required(word),
      name: word,
      baseurl: required(address),
      enabled: aBoolean,
      gpgcheck: aBoolean,
      gpgkey: word,
    }),
  ),
  caCerts: part<GuestCaCerts>({ removeDefaults: aBoolean, trusted: listOf(certificate) }),
  packageRebootIfRequired: aBoolean,
};

/** Notes what is wrong with the software of a cloud-config. */
export function checkCloudConfigSoftware(faults: Faults, config: unknown): void {
  checkGiven(faults, '', config, CLOUD_CONFIG_SOFTWARE);
  const { caCerts } = isObject(config) ? config : {};
  if (isObject(caCerts)) texts(faults, 'caCerts.trusted', caCerts.trusted);
}

/** The part of a cloud-config that packages make. */
export function renderPackages({ packageUpdate, packageUpgrade, packages }: CloudConfigSoftware): CloudYamlMap {
  return { package_update: packageUpdate, package_upgrade: packageUpgrade, packages: nonEmpty(packages) };
}

/** The part of a cloud-config that sources and certificates make. */
export function renderCloudConfigSoftware(config: CloudConfigSoftware): CloudYamlMap {
  const { apt, yumRepos = [], caCerts, packageRebootIfRequired } = config;
  return {
    apt: apt && renderApt(apt),
    yum_repos:
      yumRepos.length === 0
        ? undefined
        : Object.fromEntries(
            yumRepos.map(({ id, ...repo }): [string, CloudYaml] => [id, { ...repo, name: repo.name ?? id }]),
          ),
    ca_certs: caCerts && { remove_defaults: caCerts.removeDefaults, trusted: caCerts.trusted },
    package_reboot_if_required: packageRebootIfRequired,
  };
}

function renderApt({ sources = [], mirror, proxy, preserveSourcesList, conf }: AptConfig): CloudYamlMap {
  const named = sources.map(({ name, source, keyid, keyserver, key }): [string, CloudYaml] => [
    name,
    { source, keyid, keyserver, key },
  ]);
  return {
    sources: named.length === 0 ? undefined : Object.fromEntries(named),
    primary: mirror === undefined ? undefined : [{ arches: ['default'], uri: mirror }],
    proxy,
    preserve_sources_list: preserveSourcesList,
    conf,
  };
}
