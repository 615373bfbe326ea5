import { Duration } from 'cdk8s';
import { aBoolean, aDuration, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { guestText, TextRule } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';

/** What kind of user somebody is in the guest. */
export interface GuestAccount {
  /**
   * Number of the user.
   *
   * @default - the guest's `useradd` chooses one
   */
  readonly uid?: number;

  /**
   * Whether it is a user of the system, for a service, without a home.
   *
   * @default false
   */
  readonly system?: boolean;

  /**
   * Absolute path of the home.
   *
   * @default - /home/NAME
   */
  readonly homedir?: string;

  /**
   * Whether the home is not made.
   *
   * @default false
   */
  readonly noCreateHome?: boolean;

  /**
   * The day on which the user is locked: `2027-12-31`.
   *
   * @default - never
   */
  readonly expiredate?: string;

  /**
   * How long after the password has expired the user is locked, in whole days.
   *
   * @default - never
   */
  readonly inactive?: Duration;

  /**
   * User of SELinux.
   *
   * @default - that of the guest
   */
  readonly selinuxUser?: string;

  /**
   * Whether the user is left out of the logs of last and of failed logins.
   *
   * @default false
   */
  readonly noLogInit?: boolean;
}

/** A path that starts at the root. */
export const ABSOLUTE_PATH: TextRule = { form: /^\//, must: "be an absolute path such as '/bin/bash'" };

const DAY = 24 * 60 * 60;

const wholeDays: PropCheck = (faults, property, value) => {
  const before = faults.count;
  aDuration()(faults, property, value);
  if (faults.count > before) return;
  const duration = value as Duration;
  if (duration.toSeconds() % DAY !== 0) faults.add(property, 'be whole days', duration.toHumanString());
};

/** What `GuestAccount` must be. */
export const GUEST_ACCOUNT: PropChecks<GuestAccount> = {
  uid: wholeNumber(0, 2 ** 32 - 2),
  system: aBoolean,
  homedir: guestText(ABSOLUTE_PATH),
  noCreateHome: aBoolean,
  expiredate: guestText({ form: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, must: 'be a day: YYYY-MM-DD' }),
  inactive: wholeDays,
  selinuxUser: guestText({ oneLine: true }),
  noLogInit: aBoolean,
};

/** The part of an entry of `users` that it makes; the days are text, as cloud-init's schema has them. */
export function renderGuestAccount(account: GuestAccount): CloudYamlMap {
  return {
    uid: account.uid,
    system: account.system,
    homedir: account.homedir,
    no_create_home: account.noCreateHome,
    expiredate: account.expiredate,
    inactive: account.inactive && String(account.inactive.toDays()),
    selinux_user: account.selinuxUser,
    no_log_init: account.noLogInit,
  };
}
