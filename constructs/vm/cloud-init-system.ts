import { Duration } from 'cdk8s';
import {
  aBoolean,
  aDuration,
  checkGiven,
  listOf,
  oneOf,
  part,
  PropChecks,
  required,
  texts,
  wholeNumber,
} from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { GUEST_HOSTNAME, guestText } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';

/** How the guest keeps the time. */
export interface GuestNtp {
  /**
   * Whether it does.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Servers.
   *
   * @default - those of the image
   */
  readonly servers?: string[];

  /**
   * Names that lead to many servers.
   *
   * @default - those of the distribution, where there are no `servers`
   */
  readonly pools?: string[];

  /**
   * Computers that keep the time together with the guest.
   *
   * @default - none
   */
  readonly peers?: string[];

  /**
   * Networks that may ask the guest for the time: `192.0.2.0/24`.
   *
   * @default - none
   */
  readonly allow?: string[];

  /**
   * Program that does it, such as `chrony`.
   *
   * @default - that of the distribution
   */
  readonly ntpClient?: string;
}

/** The keyboard of the guest's console. */
export interface GuestKeyboard {
  /** Layout, such as `us` or `de`. */
  readonly layout: string;

  /**
   * Model.
   *
   * @default pc105
   */
  readonly model?: string;

  /**
   * Variant of the layout, which Alpine needs.
   *
   * @default - none
   */
  readonly variant?: string;

  /**
   * Options, such as `compose:rwin`.
   *
   * @default - none
   */
  readonly options?: string;
}

/** What the guest does when cloud-init is done. */
export enum PowerStateMode {
  /** It turns itself off. */
  POWEROFF = 'poweroff',
  /** It restarts. */
  REBOOT = 'reboot',
  /** It stands still. */
  HALT = 'halt',
}

/** How the guest ends its first boot. */
export interface GuestPowerState {
  /** What it does. */
  readonly mode: PowerStateMode;

  /**
   * How long after cloud-init, in whole minutes.
   *
   * @default - at once
   */
  readonly delay?: Duration;

  /**
   * What users are told.
   *
   * @default - nothing
   */
  readonly message?: string;

  /**
   * How long cloud-init has to end.
   *
   * @default - cloud-init's own: 30 seconds
   */
  readonly timeout?: Duration;

  /**
   * Command line for `sh`: it is done where this succeeds.
   *
   * @default - it is done
   */
  readonly condition?: string;
}

/** Whom the guest calls when cloud-init is done. */
export interface GuestPhoneHome {
  /** Address that it posts to. */
  readonly url: string;

  /**
   * What it posts: of `pub_key_rsa`, `pub_key_ecdsa`, `pub_key_ed25519`, `instance_id`, `hostname`, `fqdn`.
   *
   * @default - all
   */
  readonly post?: string[];

  /**
   * How often it tries.
   *
   * @default 10
   */
  readonly tries?: number;
}

/**
 * Names, time, language and the end of the first boot.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export interface CloudConfigSystem {
  /**
   * Whole name of the guest, with its domain.
   *
   * @default - the host name
   */
  readonly fqdn?: string;

  /**
   * Whether `/etc/hosts` has the guest's own name.
   *
   * @default false
   */
  readonly manageEtcHosts?: boolean;

  /**
   * Language and country, such as `en_US.UTF-8`.
   *
   * @default - that of the image
   */
  readonly locale?: string;

  /**
   * The keyboard of the console.
   *
   * @default - that of the image
   */
  readonly keyboard?: GuestKeyboard;

  /**
   * How the guest keeps the time.
   *
   * @default - as the image does
   */
  readonly ntp?: GuestNtp;

  /**
   * What the console shows when cloud-init is done.
   *
   * @default - cloud-init's own
   */
  readonly finalMessage?: string;

  /**
   * Whom the guest calls then.
   *
   * @default - nobody
   */
  readonly phoneHome?: GuestPhoneHome;

  /**
   * What the guest does then.
   *
   * @default - it runs on
   */
  readonly powerState?: GuestPowerState;
}

const word = guestText({ oneLine: true });
const POSTED = ['pub_key_rsa', 'pub_key_ecdsa', 'pub_key_ed25519', 'instance_id', 'hostname', 'fqdn'];
const posted = oneOf(Object.fromEntries(POSTED.map((key) => [key, key])));

/** What `CloudConfigSystem` must be. */
export const CLOUD_CONFIG_SYSTEM: PropChecks<CloudConfigSystem> = {
  fqdn: guestText(GUEST_HOSTNAME),
  manageEtcHosts: aBoolean,
  locale: word,
  keyboard: part<GuestKeyboard>({ layout: required(word), model: word, variant: word, options: word }),
  ntp: part<GuestNtp>({ enabled: aBoolean, servers: texts, pools: texts, peers: texts, allow: texts, ntpClient: word }),
  finalMessage: guestText(),
  phoneHome: part<GuestPhoneHome>({ url: required(word), post: listOf(posted), tries: wholeNumber(1) }),
  powerState: part<GuestPowerState>({
    mode: required(oneOf(PowerStateMode)),
    delay: aDuration(),
    message: guestText(),
    timeout: aDuration(),
    condition: guestText(),
  }),
};

/** Notes what is wrong with names, time, language and the end of the first boot. */
export function checkCloudConfigSystem(faults: Faults, config: unknown): void {
  checkGiven(faults, '', config, CLOUD_CONFIG_SYSTEM);
}

/** The part of a cloud-config that they make. */
export function renderCloudConfigSystem(config: CloudConfigSystem): CloudYamlMap {
  const { keyboard, ntp, phoneHome, powerState } = config;
  return {
    fqdn: config.fqdn,
    manage_etc_hosts: config.manageEtcHosts,
    locale: config.locale,
    keyboard: keyboard && {
      layout: keyboard.layout,
      model: keyboard.model,
      variant: keyboard.variant,
      options: keyboard.options,
    },
    ntp: ntp && renderNtp(ntp),
    final_message: config.finalMessage,
    phone_home: phoneHome && { url: phoneHome.url, post: phoneHome.post ?? 'all', tries: phoneHome.tries },
    power_state: powerState && renderPowerState(powerState),
  };
}

function renderPowerState({ mode, delay, message, timeout, condition }: GuestPowerState): CloudYamlMap {
  return { mode, delay: delay?.toMinutes(), message, timeout: timeout?.toSeconds(), condition };
}

function renderNtp({ enabled, servers, pools, peers, allow, ntpClient }: GuestNtp): CloudYamlMap {
  return { enabled, servers, pools, peers, allow, ntp_client: ntpClient };
}
